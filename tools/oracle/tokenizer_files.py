"""Writes transformers' token ids for repositories whose tokenizer is not, or not only, in tokenizer.json, which hf-runtime's must equal.

Makes tiny repositories of each class: vocab.txt, vocab.json and merges.txt, a SentencePiece model, and tokenizer.json with tokens that other
files add. Writes their files with token ids and segments: packages/hf-runtime/test/goldens/tokenize/files.json. tokenizer_fuzz.py compares
many random texts.
"""

from __future__ import annotations

import base64
import io
import json
import tempfile
from pathlib import Path
from typing import Any, Iterator

import sentencepiece
import tokenizers
import transformers
from golden import write_golden
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

GOLDEN = "packages/hf-runtime/test/goldens/tokenize/files.json"
CORPUS = [
    "the river flows past the old mill at night",
    "how many people live in the city by the river",
    "a ferry leaves the harbour before midnight",
    "the mill was built of stone in the valley",
    "people of the valley live by the old harbour",
]
PAIRS = [
    ("the old river at night", "people live by the mill"),
    ("  The  River\n", "caf\u00e9 \u65e5\u672c \U0001f600 x"),
    ("a [QRY] b[DOC]c <mask> </s>", "<s>the</s> [SEP] [MASK] <pad>"),
    ("", "\u2581the \u2581 \ufb01ne it's 1234 don't"),
    ("H\u00e0_N\u1ed9i l\u00e0 th\u1ee7_\u0111\u00f4\nc\u1ee7a Vi\u1ec7t_Nam .\n\n", "the\x1criver\x85\u2028@@ @ a@@b \U0001f600\U0001f600x</w> mill\nold\r\n"),
    ("<ent> <ent>mill<img>", "<extra_id_0> <tab>\t<0x0A> [UNK] <unk> <|endoftext|>"),
]
CONFIG, VOCAB = "tokenizer_config.json", "vocab.txt"


def added(content: str, **more: Any) -> dict[str, Any]:
    return {"content": content, "lstrip": False, "normalized": False, "rstrip": False, "single_word": False, "special": True, **more}


def sentence_piece(model_type: str, size: int, **options: Any) -> dict[str, str]:
    """A trained model, as base64."""
    model = io.BytesIO()
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as rules:
        # A rule or two instead of the 240 kB of NFKC's.
        rules.write("FB01\t66 69\nC5\t41\n")
        rules.flush()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(CORPUS * 4), model_writer=model, model_type=model_type, vocab_size=size, num_threads=1,
            normalization_rule_tsv=rules.name, minloglevel=2, hard_vocab_limit=False, **options)
    return {"base64": base64.b64encode(model.getvalue()).decode("ascii")}


def words(first: list[str]) -> str:
    letters = sorted({c for line in CORPUS for c in line if c != " "})
    pieces = [*first, *letters, *(f"##{c}" for c in letters), "river", "##ver", "mill", "the", "old", "peo", "##ple", "\u65e5", "cafe", "1", "##2", "'"]
    return "\n".join(pieces) + "\n"


def byte_pairs(first: list[str], last: list[str]) -> dict[str, str]:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(vocab_size=300, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    tokenizer.train_from_iterator(CORPUS, trainer)
    model = json.loads(tokenizer.to_str())["model"]
    names = [*first, *model["vocab"], *last]
    merges = [pair if isinstance(pair, str) else " ".join(pair) for pair in model["merges"]]
    return {
        "vocab.json": json.dumps({piece: i for i, piece in enumerate(names)}),
        "merges.txt": "\n".join(["#version: 0.2", *merges]) + "\n",
    }


def fast_bpe() -> dict[str, str]:
    """PhoBERT's files: merges with `</w>` at a word's end, and a vocabulary with `@@` elsewhere, without some of the merged symbols."""
    tokenizer = Tokenizer(models.BPE(end_of_word_suffix="</w>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    trainer = trainers.BpeTrainer(vocab_size=140, end_of_word_suffix="</w>", show_progress=False)
    tokenizer.train_from_iterator([*CORPUS, "H\u00e0_N\u1ed9i l\u00e0 th\u1ee7_\u0111\u00f4 c\u1ee7a Vi\u1ec7t_Nam .", "H\u00e0_N\u1ed9i \U0001f600\U0001f600 @ @@"], trainer)
    model = json.loads(tokenizer.to_str())["model"]
    names = [symbol[:-4] if symbol.endswith("</w>") else symbol + "@@" for symbol in model["vocab"] if symbol]
    kept = [name for i, name in enumerate(names) if i % 9 != 4]
    merges = [pair if isinstance(pair, str) else " ".join(pair) for pair in model["merges"]]
    return {VOCAB: "".join(f"{name} {99 - i % 7}\n" for i, name in enumerate(kept)), "bpe.codes": "".join(f"{pair} {500 - i}\n" for i, pair in enumerate(merges))}


def word_piece(**stages: Any) -> dict[str, Any]:
    """A tokenizer.json of BERT's kind."""
    first = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    vocab = {piece: i for i, piece in enumerate(words(first).splitlines())}
    tokenizer = Tokenizer(models.WordPiece(vocab, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.add_special_tokens(first)
    document = json.loads(tokenizer.to_str())
    document["post_processor"] = {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]}
    return {**document, **stages}


def repositories() -> Iterator[tuple[str, dict[str, Any]]]:
    def repository(name: str, files: dict[str, Any], model_type: str | None, config: dict[str, Any] | None = None, **more: Any):
        extra = {} if model_type is None else {"config.json": {"model_type": model_type}}
        settings = {} if config is None else {CONFIG: config}
        return name, {**files, **extra, **settings, **more}

    bert = {VOCAB: words(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])}
    yield repository("vocab.txt of BERT", bert, "bert", {"tokenizer_class": "BertTokenizer"})
    yield repository("vocab.txt of BERT, by its model type, cased", bert, "bert", {"do_lower_case": False})
    yield repository("vocab.txt of DistilBERT", bert, "distilbert", {"tokenizer_class": "DistilBertTokenizerFast"})
    yield repository("vocab.txt with line ends of Windows and blanks", {VOCAB: words(["[PAD]", "[UNK] ", "[CLS]", "[SEP]\t", "[MASK]"]).replace("\n", "\r\n")}, "bert", {})
    yield repository("vocab.txt of MPNet", {VOCAB: words(["<s>", "<pad>", "</s>", "[UNK]", "<mask>"])}, "mpnet", {"tokenizer_class": "MPNetTokenizer"})
    yield repository("vocab.txt without mask, other names", {VOCAB: words(["[PAD]", "[UNK]", "[BEG]", "[END]"])}, "bert", {"cls_token": "[BEG]", "sep_token": "[END]"})

    roberta = byte_pairs(["<s>", "<pad>", "</s>", "<unk>"], ["<mask>"])
    yield repository("merges of RoBERTa", roberta, "roberta", {"tokenizer_class": "RobertaTokenizer"})
    yield repository("merges of RoBERTa with a prefix", roberta, "roberta", {"add_prefix_space": True})
    yield repository("merges of RoBERTa, tokens in older files", roberta, "roberta", {}, **{
        "special_tokens_map.json": {"mask_token": added("<mask>", lstrip=True), "additional_special_tokens": ["<ent>"]},
        "added_tokens.json": {"<img>": 320, "[QRY]": 319}})
    yield repository("merges of GPT-2", byte_pairs([], ["<|endoftext|>"]), "gpt2", {"tokenizer_class": "GPT2Tokenizer"})
    yield repository("merges of GPT-2, with bos and eos", byte_pairs([], ["<|endoftext|>"]), "gpt2", {"tokenizer_class": "GPT2Tokenizer", "add_bos_token": True, "add_eos_token": True})
    yield repository("merges of Qwen2", byte_pairs([], []), "qwen2", {"tokenizer_class": "Qwen2Tokenizer", "additional_special_tokens": ["<|im_start|>", "<ent>"], "added_tokens_decoder": {"300": added("<|endoftext|>"), "301": added("<|im_start|>"), "302": added("<tab>", special=False, lstrip=True)}})
    yield repository("merges of DeBERTa", byte_pairs(["[PAD]", "[CLS]", "[SEP]", "[UNK]"], ["[MASK]"]), "deberta", {"tokenizer_class": "DebertaTokenizer"})

    phobert = fast_bpe()
    yield repository("bpe.codes of PhoBERT", phobert, "roberta", {"tokenizer_class": "PhobertTokenizer"})
    yield repository("bpe.codes of PhoBERT, other tokens", phobert, "roberta", {"tokenizer_class": "PhobertTokenizer", "additional_special_tokens": ["<ent>"], "added_tokens_decoder": {"300": added("[QRY]", lstrip=True), "301": added("<tab>", special=False, normalized=True)}})
    yield repository("bpe.codes of PhoBERT with odd lines", {VOCAB: "<s> 1\n" + phobert[VOCAB].replace("\n", "\r\n") + "the 1\n\u00a0zzz  7 \u2028\n", "bpe.codes": phobert["bpe.codes"] + "x y z 4\nt h 9\nq r"}, "roberta", {"tokenizer_class": "PhobertTokenizer"})

    fairseq = {"bos_id": 1, "eos_id": 2, "unk_id": 0, "pad_id": -1}
    unigram = sentence_piece("unigram", 60, **fairseq)
    yield repository("SentencePiece of XLM-R", {"sentencepiece.bpe.model": unigram}, "xlm-roberta", {"tokenizer_class": "XLMRobertaTokenizer"})
    yield repository("SentencePiece of XLM-R without a prefix", {"sentencepiece.bpe.model": unigram}, "xlm-roberta", {"add_prefix_space": False, "additional_special_tokens": ["<ent>"]})
    yield repository("SentencePiece of CamemBERT", {"sentencepiece.bpe.model": unigram}, "camembert", {"tokenizer_class": "CamembertTokenizer"})
    marked = sentence_piece("unigram", 60, **fairseq, user_defined_symbols=["<ent>", "[QRY]"], control_symbols=["<img>"])
    yield repository("SentencePiece of XLM-R with its own symbols", {"sentencepiece.bpe.model": marked}, "xlm-roberta", {})
    albert = sentence_piece("unigram", 60, pad_id=0, unk_id=1, bos_id=-1, eos_id=-1, pad_piece="<pad>", control_symbols=["[CLS]", "[SEP]", "[MASK]"])
    for name, config in (("", {}), (", cased, with accents", {"do_lower_case": False, "keep_accents": True})):
        yield repository(f"SentencePiece of ALBERT{name}", {"spiece.model": albert}, "albert", {"tokenizer_class": "AlbertTokenizer", **config})
    deberta = sentence_piece("unigram", 60, pad_id=0, unk_id=3, bos_id=1, eos_id=2, pad_piece="[PAD]", unk_piece="[UNK]", bos_piece="[CLS]", eos_piece="[SEP]")
    for name, config in (("", {}), (", lower, at punctuation", {"do_lower_case": True, "split_by_punct": True})):
        yield repository(f"SentencePiece of DeBERTa{name}", {"spm.model": deberta}, "deberta-v2", {"tokenizer_class": "DebertaV2Tokenizer", **config})
    yield repository("SentencePiece of DeBERTa, unknown elsewhere", {"spm.model": unigram}, "deberta-v2", {})
    t5 = sentence_piece("unigram", 60, pad_id=0, eos_id=1, unk_id=2, bos_id=-1)
    for name, config in (("", {}), (" with few sentinels", {"extra_ids": 3})):
        yield repository(f"SentencePiece of T5{name}", {"spiece.model": t5}, "t5", {"tokenizer_class": "T5Tokenizer", **config})
    llama = sentence_piece("bpe", 330, unk_id=0, bos_id=1, eos_id=2, pad_id=-1, byte_fallback=True, user_defined_symbols=["<ent>"])
    for name, config in (("", {}), (" with bos", {"add_bos_token": True}), (", legacy, with eos", {"legacy": True, "add_eos_token": True}), (" without a prefix", {"add_prefix_space": False})):
        yield repository(f"SentencePiece of Llama{name}", {"tokenizer.model": llama}, "llama", {"tokenizer_class": "LlamaTokenizer", **config})
    gemma = sentence_piece("bpe", 330, pad_id=0, eos_id=1, bos_id=2, unk_id=3, bos_piece="<bos>", eos_piece="<eos>", byte_fallback=True, user_defined_symbols=["<mask>", "  "])
    yield repository("SentencePiece of Gemma", {"tokenizer.model": gemma}, "gemma", {"tokenizer_class": "GemmaTokenizer", "add_bos_token": True})

    def tokens(name: str, config: dict[str, Any], stages: dict[str, Any] | None = None, **more: Any):
        return repository(name, {"tokenizer.json": word_piece(**(stages or {}))}, "bert", config, **more)

    decoder = {"90": added("[QRY]"), "91": added("[DOC]", lstrip=True), "0": added("[PAD]"), "88": added("<img>", special=False, normalized=True)}
    for kind in ("BertTokenizer", "PreTrainedTokenizerFast"):
        named = {"tokenizer_class": kind}
        yield tokens(f"added_tokens.json, {kind}", named, **{"added_tokens.json": {"[QRY]": 90, "[DOC]": 70}})
        yield tokens(f"added_tokens_decoder, {kind}", {**named, "added_tokens_decoder": decoder})
        yield tokens(f"added_tokens_decoder beside tokens of the file, {kind}", {**named, "added_tokens_decoder": decoder}, {"added_tokens": [{"id": 5, **added("[QRY]", rstrip=True, special=False)}, {"id": 99, **added("<ent>")}, {"id": 95, **added("<tab>")}]})
        yield tokens(f"added_tokens.json beside tokens of the file, {kind}", named, {"added_tokens": [{"id": 99, **added("<ent>")}, {"id": 95, **added("<tab>")}]}, **{"added_tokens.json": {"[QRY]": 97, "[DOC]": 95}})
        for key in ("additional_special_tokens", "extra_special_tokens"):
            yield tokens(f"{key}, {kind}", {**named, key: ["[QRY]", "[DOC]"]})
        yield tokens(f"both lists of tokens, {kind}", {**named, "additional_special_tokens": ["[QRY]"], "extra_special_tokens": ["[DOC]"]})
        yield tokens(f"tokens by names, {kind}", {**named, "extra_special_tokens": {"query_token": "[QRY]"}, "image_token": "<img>", "additional_special_tokens": ["[DOC]"]})
        yield tokens(f"special_tokens_map.json, {kind}", {**named, "sep_token": "[SEP]"}, **{"special_tokens_map.json": {"sep_token": "[DOC]", "mask_token": added("[MASK]", lstrip=True), "additional_special_tokens": ["[QRY]"]}})
        yield tokens(f"split_special_tokens, {kind}", {**named, "split_special_tokens": True, "added_tokens_decoder": decoder})
        yield tokens(f"no post-processor, {kind}", named, {"post_processor": None})
        yield tokens(f"other names, {kind}", {**named, "cls_token": "[QRY]", "sep_token": "<ent>", "bos_token": "<tab>", "model_input_names": ["input_ids", "attention_mask"]})
        yield tokens(f"add_bos_token, {kind}", {**named, "bos_token": "[CLS]", "add_bos_token": True, "add_eos_token": True})


def write(folder: Path, files: dict[str, Any]) -> None:
    for name, content in files.items():
        if isinstance(content, dict) and "base64" in content:
            (folder / name).write_bytes(base64.b64decode(content["base64"]))
        else:
            (folder / name).write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8", newline="")


def encoded(folder: Path, pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    encoding = tokenizer([first for first, _ in pairs], [second for _, second in pairs])
    ids = encoding["input_ids"]
    type_ids = encoding.get("token_type_ids", [[0] * len(each) for each in ids])
    return {name: [" ".join(map(str, each)) for each in lists] for name, lists in (("ids", ids), ("typeIds", type_ids))}


def main() -> None:
    transformers.logging.set_verbosity_error()
    cases, blobs = [], {}
    for name, files in repositories():
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), files)
            try:
                result = encoded(Path(folder), PAIRS)
            except Exception as error:
                print(f"{name}: Python fails: {error!r:.200}")
                continue
        # Files of several cases are written once.
        shared = {}
        for path, content in files.items():
            text = json.dumps(content)
            key = f"{path} {sum(1 for other in blobs if other.startswith(path))}" if text not in blobs.values() else next(k for k, v in blobs.items() if v == text)
            blobs[key] = text
            shared[path] = key
        cases.append({"name": name, "files": shared, **result})
    facts = {"pairs": PAIRS, "files": {key: json.loads(text) for key, text in blobs.items()}}
    write_golden(GOLDEN, "tokenizer_files.py", ["sentencepiece", "tokenizers", "transformers"], cases, **facts)


if __name__ == "__main__":
    main()
