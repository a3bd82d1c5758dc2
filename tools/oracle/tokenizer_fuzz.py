"""Compares hf-runtime's token ids with Python's on many random hard texts, class by class.

    python tools/oracle/tokenizer_fuzz.py [--texts 20000] [--seed 19] [--only PATTERN]

Each tokenizer class and kind of tokenizer.json gets a vocabulary that is learnt from ../shared/data/text (or, for real tokenizers, the one there), and
random texts (hard_texts.py), a tenth of them pairs. Ours answers through token-ids.mjs. Prints the differences, smallest first, and
exits with 1 if there is any. Run it after a change of the tokenizer; the causes that it finds become examples in the tests.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Any, Iterator

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import sentencepiece
import transformers
from golden import REPOSITORY, SHARED_DATA
from hard_texts import hard_texts
from tokenizer_files import added, write
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

NODE_SCRIPT = REPOSITORY / "tools/oracle/token-ids.mjs"
VOCABULARY = 6000
SHOWN = 8
CONFIG = "tokenizer_config.json"
Files = dict[str, Any]


def real_texts() -> list[str]:
    files = sorted(p for p in (SHARED_DATA / "text").rglob("*") if p.is_file() and p.name != "INDEX.json")
    return [p.read_bytes().decode("utf-8", errors="replace") for p in files]


REAL = real_texts()
LINES = [line.strip() for text in REAL for line in text.splitlines() if line.strip()][::2]


def flagged_tokens(first: int) -> dict[str, dict[str, Any]]:
    """Added tokens in every combination of their flags, with contents that normalizers and pre-tokenizers treat differently.

    None that is empty once it is normalized: `tokenizers` finds it everywhere, and panics or never ends.
    """
    contents = ["[A]", "mot", "\u00c9t\u00e9", "<|b|>", "  ", "Don", "\ufb01n", "e\u0301x", "_x_", "12", "<ent>", "R\u00fcck", "\u65e5\u672c", "\u0e01\u0e33", "of the", "\U0001f600"]
    found = {}
    for bits, content in enumerate(contents):
        flags = {name: bool(bits >> i & 1) for i, name in enumerate(("lstrip", "rstrip", "single_word", "normalized"))}
        found[str(first + bits)] = added(content, **flags, special=bits % 3 == 0)
    return found


def sentence_piece(model_type: str, size: int = VOCABULARY, **options: Any) -> dict[str, str]:
    import base64

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(LINES), model_writer=model, model_type=model_type, vocab_size=size, num_threads=1, minloglevel=2,
        hard_vocab_limit=False, character_coverage=0.9995, max_sentence_length=10000, **options)
    return {"base64": base64.b64encode(model.getvalue()).decode("ascii")}


def byte_pairs(first: list[str], last: list[str], splitter: Any = None, normalizer: Any = None) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    if normalizer is not None:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = splitter or pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(vocab_size=VOCABULARY, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False, special_tokens=first)
    tokenizer.train_from_iterator(LINES, trainer)
    tokenizer.add_special_tokens(last)
    return tokenizer


def vocabulary_and_merges(first: list[str], last: list[str]) -> Files:
    model = json.loads(byte_pairs(first, []).to_str())["model"]
    vocab = dict(model["vocab"])
    for token in last:
        vocab[token] = len(vocab)
    merges = [pair if isinstance(pair, str) else " ".join(pair) for pair in model["merges"]]
    return {"vocab.json": json.dumps(vocab), "merges.txt": "\n".join(["#version: 0.2", *merges]) + "\n"}


def word_pieces(specials: list[str], lowercase: bool = True) -> str:
    tokenizer = Tokenizer(models.WordPiece(unk_token=next(s for s in specials if "UNK" in s)))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.train_from_iterator(LINES, trainers.WordPieceTrainer(vocab_size=VOCABULARY, special_tokens=specials, show_progress=False))
    vocab = tokenizer.get_vocab()
    return "\n".join(sorted(vocab, key=vocab.__getitem__)) + "\n"


def repositories() -> Iterator[tuple[str, Files | Path]]:
    """Name and files. What is before the colon is the class or kind."""

    def repository(name: str, files: Files, model_type: str | None, config: Files, flagged_from: int | None = None) -> Iterator[tuple[str, Files]]:
        """The repository as it is, and once more with added tokens of every kind."""
        extra = {} if model_type is None else {"config.json": {"model_type": model_type}}
        yield name, {**files, **extra, CONFIG: config}
        if flagged_from is not None:
            yield f"{name}, added tokens", {**files, **extra, CONFIG: {**config, "added_tokens_decoder": flagged_tokens(flagged_from)}}

    bert = {"vocab.txt": word_pieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])}
    cased = {"vocab.txt": word_pieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], lowercase=False)}
    yield from repository("BertTokenizer: uncased", bert, "bert", {"tokenizer_class": "BertTokenizer"}, 7000)
    yield from repository("BertTokenizer: cased", cased, "bert", {"tokenizer_class": "BertTokenizer", "do_lower_case": False}, 7000)
    yield from repository("BertTokenizer: accents kept", cased, "bert", {"tokenizer_class": "BertTokenizer", "strip_accents": False, "tokenize_chinese_chars": False})
    yield from repository("MPNetTokenizer", {"vocab.txt": word_pieces(["<s>", "<pad>", "</s>", "[UNK]", "<mask>"])}, "mpnet", {"tokenizer_class": "MPNetTokenizer"}, 7000)
    roberta = vocabulary_and_merges(["<s>", "<pad>", "</s>", "<unk>"], ["<mask>"])
    yield from repository("RobertaTokenizer", roberta, "roberta", {"tokenizer_class": "RobertaTokenizer"}, 7000)
    yield from repository("RobertaTokenizer: prefix", roberta, "roberta", {"tokenizer_class": "RobertaTokenizer", "add_prefix_space": True}, 7000)
    gpt2 = vocabulary_and_merges([], ["<|endoftext|>"])
    yield from repository("GPT2Tokenizer", gpt2, "gpt2", {"tokenizer_class": "GPT2Tokenizer"}, 7000)
    yield from repository("Qwen2Tokenizer", vocabulary_and_merges([], ["<|endoftext|>"]), "qwen2", {"tokenizer_class": "Qwen2Tokenizer", "additional_special_tokens": ["<|im_start|>", "<|im_end|>"]}, 7000)
    yield from repository("DebertaTokenizer", vocabulary_and_merges(["[PAD]", "[CLS]", "[SEP]", "[UNK]"], ["[MASK]"]), "deberta", {"tokenizer_class": "DebertaTokenizer"}, 7000)

    fairseq = {"bos_id": 1, "eos_id": 2, "unk_id": 0, "pad_id": -1}
    for rule in ("nmt_nfkc", "nfkc_cf", "identity"):
        unigram = sentence_piece("unigram", normalization_rule_name=rule, **fairseq)
        yield from repository(f"XLMRobertaTokenizer: {rule}", {"sentencepiece.bpe.model": unigram}, "xlm-roberta", {"tokenizer_class": "XLMRobertaTokenizer"}, 7000)
        if rule == "nmt_nfkc":
            yield from repository("CamembertTokenizer", {"sentencepiece.bpe.model": unigram}, "camembert", {"tokenizer_class": "CamembertTokenizer"}, 7000)
            yield from repository("XLMRobertaTokenizer: no prefix", {"sentencepiece.bpe.model": unigram}, "xlm-roberta", {"add_prefix_space": False})
    albert = sentence_piece("unigram", pad_id=0, unk_id=1, bos_id=-1, eos_id=-1, pad_piece="<pad>", control_symbols=["[CLS]", "[SEP]", "[MASK]"])
    yield from repository("AlbertTokenizer", {"spiece.model": albert}, "albert", {"tokenizer_class": "AlbertTokenizer"}, 7000)
    yield from repository("AlbertTokenizer: cased, with accents", {"spiece.model": albert}, "albert", {"tokenizer_class": "AlbertTokenizer", "do_lower_case": False, "keep_accents": True})
    deberta = sentence_piece("unigram", pad_id=0, unk_id=3, bos_id=1, eos_id=2, pad_piece="[PAD]", unk_piece="[UNK]", bos_piece="[CLS]", eos_piece="[SEP]")
    yield from repository("DebertaV2Tokenizer", {"spm.model": deberta}, "deberta-v2", {"tokenizer_class": "DebertaV2Tokenizer"}, 7000)
    yield from repository("DebertaV2Tokenizer: lower, at punctuation", {"spm.model": deberta}, "deberta-v2", {"tokenizer_class": "DebertaV2Tokenizer", "do_lower_case": True, "split_by_punct": True})
    t5 = sentence_piece("unigram", pad_id=0, eos_id=1, unk_id=2, bos_id=-1)
    yield from repository("T5Tokenizer", {"spiece.model": t5}, "t5", {"tokenizer_class": "T5Tokenizer"}, 7000)
    llama = sentence_piece("bpe", unk_id=0, bos_id=1, eos_id=2, pad_id=-1, byte_fallback=True, split_digits=True, normalization_rule_name="identity")
    for name, config in (("", {}), (": legacy, bos and eos", {"legacy": True, "add_bos_token": True, "add_eos_token": True}), (": no prefix", {"add_prefix_space": False})):
        yield from repository(f"LlamaTokenizer{name}", {"tokenizer.model": llama}, "llama", {"tokenizer_class": "LlamaTokenizer", **config}, 7000)
    gemma = sentence_piece("bpe", pad_id=0, eos_id=1, bos_id=2, unk_id=3, bos_piece="<bos>", eos_piece="<eos>", byte_fallback=True, split_digits=True,
                           normalization_rule_name="identity", user_defined_symbols=["<mask>", "  ", "    ", "\n\n"], add_dummy_prefix=False, remove_extra_whitespaces=False)
    yield from repository("GemmaTokenizer", {"tokenizer.model": gemma}, "gemma", {"tokenizer_class": "GemmaTokenizer", "add_bos_token": True}, 7000)

    def split(pattern: str) -> Any:
        return pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(pattern), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])

    llama3 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
    o200k = "|".join([
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"\p{N}{1,3}", r" ?[^\s\p{L}\p{N}]+[\r\n/]*", r"\s*[\r\n]+", r"\s+(?!\S)", r"\s+"])
    kinds = {
        "byte-level BPE: pattern of Llama 3": byte_pairs(["<|begin_of_text|>"], ["<|eot|>"], split(llama3)),
        "byte-level BPE: pattern of o200k": byte_pairs(["<|endoftext|>"], ["<|eot|>"], split(o200k)),
        "byte-level BPE: NFC, digits apart": byte_pairs(["<|endoftext|>"], ["<|eot|>"], pre_tokenizers.Sequence([pre_tokenizers.Digits(True), pre_tokenizers.ByteLevel(add_prefix_space=False)]), normalizers.NFC()),
    }
    for name, tokenizer in kinds.items():
        document = json.loads(tokenizer.to_str())
        yield from repository(f"{name}", {"tokenizer.json": document}, None, {"tokenizer_class": "PreTrainedTokenizerFast"}, 7000)
    # ModernBERT's: runs of spaces are added tokens that are not special.
    modern = json.loads(byte_pairs(["<|padding|>", "<|endoftext|>"], [], None, normalizers.NFC()).to_str())
    modern["added_tokens"] += [{"id": 6100 + n, **added(" " * n, special=False, normalized=True)} for n in range(2, 25)]
    modern["added_tokens"] += [{"id": 6200, **added("|||IP_ADDRESS|||", special=False, normalized=True)}, {"id": 6201, **added("[MASK]", lstrip=True)}]
    yield from repository("byte-level BPE: runs of spaces", {"tokenizer.json": modern}, None, {"tokenizer_class": "PreTrainedTokenizerFast"})

    unigram = Tokenizer(models.Unigram())
    unigram.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    unigram.pre_tokenizer = pre_tokenizers.Metaspace()
    unigram.train_from_iterator(LINES, trainers.UnigramTrainer(vocab_size=VOCABULARY, special_tokens=["<s>", "<pad>", "</s>", "<unk>"], unk_token="<unk>", show_progress=False))
    document = json.loads(unigram.to_str())
    for scheme in ("always", "first", "never"):
        for splits in (True, False):
            changed = {**document, "pre_tokenizer": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": scheme, "split": splits}}
            yield from repository(f"Unigram: Metaspace {scheme}, {'split' if splits else 'whole'}", {"tokenizer.json": changed}, None, {"tokenizer_class": "PreTrainedTokenizerFast"}, 7000 if scheme != "never" else None)
    yield from repository("Unigram: byte fallback", {"tokenizer.json": {**document, "model": {**document["model"], "byte_fallback": True}}}, None, {"tokenizer_class": "PreTrainedTokenizerFast"})
    words = [normalizers.Sequence([normalizers.NFD(), normalizers.Lowercase(), normalizers.StripAccents()]), pre_tokenizers.Whitespace()]
    for name, normalizer, splitter in (("WordPiece: NFD, lower case, no accents", *words), ("WordPiece: white space and punctuation", normalizers.NFKC(), pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Punctuation(), pre_tokenizers.Digits(False)]))):
        tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
        tokenizer.normalizer, tokenizer.pre_tokenizer = normalizer, splitter
        tokenizer.train_from_iterator(LINES, trainers.WordPieceTrainer(vocab_size=VOCABULARY, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]"], show_progress=False))
        yield from repository(name, {"tokenizer.json": json.loads(tokenizer.to_str())}, None, {"tokenizer_class": "PreTrainedTokenizerFast"}, 7000)
    for scheme, normalizer in (("Prepend and Replace", normalizers.Sequence([normalizers.Prepend("\u2581"), normalizers.Replace(" ", "\u2581")])), ("Replace", normalizers.Replace(" ", "\u2581"))):
        tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
        tokenizer.normalizer = normalizer
        bytes_ = [f"<0x{byte:02X}>" for byte in range(256)]
        # Merges across words are few if lines are whole; words are enough.
        tokenizer.train_from_iterator([word for line in LINES for word in re.split(r"(?= )", line)], trainers.BpeTrainer(vocab_size=VOCABULARY, special_tokens=["<unk>", "<s>", "</s>", *bytes_], show_progress=False))
        document = json.loads(tokenizer.to_str())
        document["added_tokens"] = document["added_tokens"][:3]
        yield from repository(f"SentencePiece BPE: {scheme}", {"tokenizer.json": document}, None, {"tokenizer_class": "PreTrainedTokenizerFast"}, 7000)

    for folder in sorted((SHARED_DATA / "tokenizers").iterdir()):
        plain, packed = folder / "tokenizer.json", folder / "tokenizer.json.gz"
        if plain.exists() or packed.exists():
            files = {p.name: p.read_text(encoding="utf-8") for p in folder.iterdir() if p.suffix in (".json", ".txt") and p.name != "README.txt"}
            files.setdefault("config.json", json.dumps({"model_type": model_type_of(files)}))
            if packed.exists():
                files["tokenizer.json"] = gzip.decompress(packed.read_bytes()).decode("utf-8")
            yield f"real: {folder.name}", files
    cases = SHARED_DATA.parent / "cases/models/data"
    for folder in sorted(cases.iterdir()) if cases.exists() else []:
        if (folder / CONFIG).exists():
            yield f"case: {folder.name}", folder


def model_type_of(files: Files) -> str:
    return "bert" if "vocab.txt" in files else "roberta" if "vocab.json" in files else "xlm-roberta"


class OurTokenizers:
    """hf-runtime in a separate process, which tokenizes with one repository after the other."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(["node", str(NODE_SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ids(self, folder: Path, inputs: list[Any]) -> list[Any]:
        self.process.stdin.write(json.dumps({"folder": str(folder), "texts": inputs}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if isinstance(answer, dict):
            raise RuntimeError(answer["error"])
        return answer


def python_ids(tokenizer: Any, inputs: list[Any]) -> list[Any]:
    """In lists, as sentence-transformers calls it: alone, an empty pair would count as no pair."""
    found: dict[int, Any] = {}
    for is_pair in (False, True):
        places = [place for place, one in enumerate(inputs) if isinstance(one, list) == is_pair]
        columns = list(zip(*(inputs[place] for place in places))) if is_pair else [[inputs[place] for place in places]]
        found.update(zip(places, encoded(tokenizer, list(zip(*map(list, columns))))))
    return [found[place] for place in range(len(inputs))]


def encoded(tokenizer: Any, inputs: list[tuple[str, ...]]) -> list[Any]:
    """[ids, type ids] of each; None for inputs on which `tokenizers` panics: it cuts some texts inside a character."""
    try:
        encoding = tokenizer(*map(list, zip(*inputs)))
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        if len(inputs) == 1:
            return [None]
        middle = len(inputs) // 2
        return encoded(tokenizer, inputs[:middle]) + encoded(tokenizer, inputs[middle:])
    ids = encoding["input_ids"]
    types = encoding.get("token_type_ids", [[0] * len(each) for each in ids])
    return [list(one) for one in zip(ids, types)]


def compare(ours_by: OurTokenizers, name: str, folder: Path, count: int, seed: int) -> tuple[int, int, int] | None:
    """Inputs, differences, and inputs on which Python fails; None if neither can be loaded."""
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    except Exception as error:
        print(f"{name}: Python cannot load it: {error!r:.200}", flush=True)
        return None
    pieces = sorted(tokenizer.get_vocab())
    tokens = sorted({*tokenizer.all_special_tokens, *(token.content for token in tokenizer.added_tokens_decoder.values())})[:200]
    texts = hard_texts(seed, count, tokens, pieces, REAL)
    inputs = [[text, texts[-1 - i]] if i % 10 == 9 else text for i, text in enumerate(texts)]
    with ThreadPoolExecutor(1) as pool:
        ours_later = pool.submit(ours_by.ids, folder, inputs)
        theirs = python_ids(tokenizer, inputs)
        ours = ours_later.result()
    different = [(json.dumps(one), mine, its) for one, mine, its in zip(inputs, ours, theirs, strict=True) if its is not None and mine != its]
    for one, mine, its in sorted(different, key=lambda each: len(each[0]))[:SHOWN]:
        print(f"  {one}\n    ours   {mine[0] if mine[0] != its[0] else mine}\n    Python {its[0] if mine[0] != its[0] else its}")
        print(f"    Python {tokenizer.convert_ids_to_tokens(its[0])}"[:600])
    return len(inputs), len(different), theirs.count(None)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=19)
    parser.add_argument("--only", default="", help="a pattern of the names of those to run")
    parser.add_argument("--keep", type=Path, help="a folder that keeps the repositories")
    arguments = parser.parse_args()
    transformers.logging.set_verbosity_error()
    rows, failed, ours = [], False, OurTokenizers()
    for name, files in repositories():
        if not re.search(arguments.only, name):
            continue
        with tempfile.TemporaryDirectory() as temporary:
            folder = files if isinstance(files, Path) else Path(temporary)
            if not isinstance(files, Path):
                write(folder, files)
                if arguments.keep:
                    kept = arguments.keep / re.sub(r"[^\w-]+", "-", name)
                    kept.mkdir(parents=True, exist_ok=True)
                    write(kept, files)
            started = time.monotonic()
            try:
                result = compare(ours, name, folder, arguments.texts, arguments.seed)
            except Exception as error:
                print(f"{name}: {error}", flush=True)
                failed = True
                continue
            if result is None:
                continue
            failed |= result[1] > 0
            print(f"{name}: {result[1]} of {result[0]} differ, Python fails on {result[2]} ({time.monotonic() - started:.0f} s)", flush=True)
            rows.append(result)
    versions = ", ".join(f"{library} {version(library)}" for library in ("transformers", "tokenizers", "sentencepiece"))
    inputs, differences, _ = map(sum, zip(*rows)) if rows else (0, 0, 0)
    print(f"{len(rows)} tokenizers, {inputs} inputs, {differences} differences; {versions}, seed {arguments.seed}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
