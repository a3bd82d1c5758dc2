"""Writes the token ids of transformers' classes and sentence-transformers' settings for a tokenizer.json, which hf-runtime's must equal.

Applies settings to the tiny models (packages/hf-runtime/test/fixtures/models) and writes token ids, segments as the model sees
them and the longest input: packages/hf-runtime/test/goldens/tokenize/classes.json.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Iterator

import transformers
from golden import REPOSITORY, write_golden
from sentence_transformers.base.modules import Transformer
from tiny_variants import write_variant

PACKAGE = "packages/hf-runtime/test"
MODELS = REPOSITORY / PACKAGE / "fixtures/models"
PAIRS = [
    ("How many people live in Berlin?", "About 3.6 million people live in the city."),
    ("O\u00f9 est le Caf\u00e9? \u00c5\u212b STRASSE", "\u65e5\u672c\u8a9e \u4e2d\u6587 e\u0301 \ufb01 \uff21\u00bd"),
    ("  lead  trail \n", "tab\tnew\nline\r\nx \u0085y"),
    ("``quoted\'\' it\'s", "[SEP] a [MASK] b </s> <mask> c"),
    ("a", ""),
]
CONFIG, TOKENIZER, SENTENCE, MODULES = "config.json", "tokenizer_config.json", "sentence_bert_config.json", "modules.json"
TRANSFORMER = [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]


def cases() -> Iterator[dict[str, Any]]:
    def case(name: str, base: str, tokenizer: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {"name": name, "base": base, "patch": {TOKENIZER: tokenizer, **more}}

    unnamed = {"model_input_names": None}
    bert = "bert-cross-encoder"
    for kind in ("DistilBertTokenizer", "PreTrainedTokenizerFast", "TokenizersBackend", "ElectraTokenizerFast"):
        yield case(f"bert as {kind}", bert, {"tokenizer_class": kind})
    yield case("bert without token_type_ids", bert, {"model_input_names": ["input_ids", "attention_mask"]})
    settings = [{"do_lower_case": False}, {"do_lower_case": None}, {"strip_accents": False}, {"do_lower_case": False, "strip_accents": True}, {"tokenize_chinese_chars": False}]
    for changes in settings:
        cased = {"tokenizer.json": {"normalizer": {"lowercase": False}}} if changes.get("do_lower_case", 0) is None else {}
        yield case(f"bert with {changes}", bert, changes, **cased)
        yield case(f"bert with {changes}, of no class", bert, {"tokenizer_class": None, **changes}, **cased)
        yield case(f"bert with {changes}, of a plain class", bert, {"tokenizer_class": "PreTrainedTokenizerFast", **changes}, **cased)
    yield case("roberta with a prefix", "roberta", {"tokenizer_class": "RobertaTokenizer", "add_prefix_space": True})
    yield case("roberta as DebertaTokenizer", "roberta", {"tokenizer_class": "DebertaTokenizer", "cls_token": "<s>", "sep_token": "</s>", **unnamed})
    for base in ("albert", "deberta-v3", "deberta-v2", "distilbert", "electra", "modernbert", "mpnet", "roberta", "xlm-roberta"):
        yield case(f"{base} of no class", base, {"tokenizer_class": None, **unnamed})
        yield case(f"{base} of a plain class", base, unnamed)
    yield case("xlm-roberta as CamembertTokenizer", "xlm-roberta", {"tokenizer_class": "CamembertTokenizer", **unnamed})
    yield case("xlm-roberta without a prefix", "xlm-roberta", {"tokenizer_class": "XLMRobertaTokenizerFast", "add_prefix_space": False})
    yield case("albert cased, with accents", "albert", {"tokenizer_class": "AlbertTokenizer", "do_lower_case": False, "keep_accents": True})
    lower = {"tokenizer_class": "DebertaV2Tokenizer", "do_lower_case": True, "split_by_punct": True}
    yield case("deberta-v3 lowered, split at punctuation", "deberta-v3", lower)
    lowering = {SENTENCE: {"max_seq_length": 24, "do_lower_case": True}}
    yield case("lower case by sentence-transformers", bert, {"do_lower_case": False}, **lowering, **{MODULES: TRANSFORMER})
    yield case("lower case by sentence-transformers, twice", bert, {}, **lowering, **{MODULES: TRANSFORMER})
    yield case("sentence-transformers' settings without modules.json", bert, {"do_lower_case": False}, **lowering)
    arguments = {"model_max_length": 20, "do_lower_case": False}
    for key in ("processor_kwargs", "tokenizer_args"):
        yield case(f"{key} before all", bert, {}, **{MODULES: TRANSFORMER, SENTENCE: {"max_seq_length": 24, key: arguments}})


def encoded(folder: Path) -> dict[str, Any]:
    if (folder / MODULES).exists():
        tokenizer = Transformer.load(str(folder)).tokenizer
    else:
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    encoding = tokenizer([first for first, _ in PAIRS], [second for _, second in PAIRS])
    ids = encoding["input_ids"]
    # A model that is given none takes all for the first segment.
    type_ids = encoding.get("token_type_ids", [[0] * len(each) for each in ids])
    joined = {name: [" ".join(map(str, each)) for each in lists] for name, lists in (("ids", ids), ("typeIds", type_ids))}
    return {"maxLength": tokenizer.model_max_length, **joined}


def main() -> None:
    transformers.logging.set_verbosity_error()
    written = []
    for variant in cases():
        with tempfile.TemporaryDirectory() as folder:
            write_variant(variant, MODELS, Path(folder) / "model")
            written.append({**variant, **encoded(Path(folder) / "model")})
    libraries = ["sentence-transformers", "tokenizers", "transformers"]
    write_golden(f"{PACKAGE}/goldens/tokenize/classes.json", "tokenizer_classes.py", libraries, written, pairs=PAIRS)


if __name__ == "__main__":
    main()
