"""Writes token ids by Python's `tokenizers`, which hf-runtime's tokenizers must equal.

Writes small tokenizers (packages/hf-runtime/test/fixtures/tokenize/*.json) and Python's results for many texts with them
(packages/hf-runtime/test/goldens/tokenize/): hashed ids of each text, whole ids of truncated texts and pairs. Where
../shared/data is there, also the hashed ids of its texts by real tokenizers, which are not committed themselves.
"""

from __future__ import annotations

import copy
import gzip
import hashlib
import json
import unicodedata
from pathlib import Path
from typing import Any, Iterator

from golden import REPOSITORY, SHARED_DATA, write_golden
from tokenizers import Tokenizer, pre_tokenizers

PACKAGE = "packages/hf-runtime/test"
FIXTURES = REPOSITORY / PACKAGE / "fixtures/tokenize"
SCRIPT = "tokenizers_golden.py"
# Enough for every script of the texts to have pieces, few enough to commit.
UNIGRAM_PIECES, BPE_MERGES = 4000, 800
EXCERPT_CHARACTERS = 240

NASTY = [
    "", " ", "   ", "\n", "\r\n", "\t a \u00a0b\u3000c\u200bd\u200d\u2028e", "a\u0000b\ufffdc", "e\u0301 \u00e9 e\u0301\u0302\u0323",
    " \u0301x \r\u0301 \n\u0301", "\uff21\uff22\uff23 \u2460 \ufb01 \u00bd \u2122 \u3392", "\u0130stanbul I\u0307 \u1e9e\u00df", "\u039f\u0394\u039f\u03a3 \u03a3\u0391\u03a3. \u03a3",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea \U0001f44d\U0001f3fd \u2764\ufe0f \u00a9\ufe0f", "\U00020000\U0002a6d6 \u4e2d\u6587 \uf900", "\u0e01\u0e33 \u0e33 a\u0e33 \u0915\u094d\u0937 \u0915\u093f",
    "\u1112\u1161\u11ab \ud55c\u11ab \uac00", "\u0627\u064e\u0628\u0651 \u05e9\u05b8\u05c1", "a  b   c    ", "\u2581a \u2581\u2581b a\u2581b \u2581", "x" * 101, "\u00e4" * 100 + " " + "\u00e4" * 101,
    "[CLS] a [SEP]b[MASK] [UNK][PAD]", "<s>a</s> b <mask>  c<mask>d <unk> <pad>", "``quoted'' it's can't", "!!!!!!!! ......... ----", "aaaaaaaaaaaaaaaaaaaaaaaa",
    "\u0085\u001c\u001dx\u00ady", "\ufeffbom", "\u066d\u061d \u166d \u2e43 $+<=>^`|~", "\u212b \u2126 \u037e \u1fef \u2260", "https://example.com/a_b?c=d&e=%20#f", "\u0600\u0661 \u0600a \u06dd",
    "1,234.56 2016 \u0663\u0664", "\u3000\u3000\u5168\u89d2\u3000\u7a7a\u767d\u3000", "don\u2019t \u201cstop\u201d \u2014 now\u2026",
]


def texts() -> list[str]:
    """Upstream's own test strings, excerpts in 22 languages and of source code, and what is known to be hard."""
    found = list(NASTY)
    for group in json.loads((SHARED_DATA / "tokenizer_expectations/_strings.json").read_text()).values():
        found += group.values()
    for path in text_files():
        found.append(read(path)[1000 : 1000 + EXCERPT_CHARACTERS])
    return list(dict.fromkeys(found))


def text_files() -> list[Path]:
    return sorted(p for p in (SHARED_DATA / "text").rglob("*") if p.is_file() and p.name != "INDEX.json")


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


def hashed(ids: list[int]) -> str:
    return hashlib.sha256(" ".join(map(str, ids)).encode()).hexdigest()[:16]


def real_tokenizers() -> dict[str, dict[str, Any]]:
    found = {}
    for folder in sorted((SHARED_DATA / "tokenizers").iterdir()):
        plain, packed = folder / "tokenizer.json", folder / "tokenizer.json.gz"
        if plain.exists():
            found[folder.name] = json.loads(plain.read_bytes())
        elif packed.exists():
            found[folder.name] = json.loads(gzip.decompress(packed.read_bytes()))
    return found


def small_wordpiece(real: dict[str, Any]) -> dict[str, Any]:
    """BERT's own pieces, as many as every other of the texts needs: the others meet unknown words."""
    tokenizer = load(real)
    special = [token["content"] for token in sorted(real["added_tokens"], key=lambda token: token["id"])]
    used = {token for text in texts()[::2] for token in tokenizer.encode(text, add_special_tokens=False).tokens}
    vocabulary = {token: index for index, token in enumerate(special + sorted(used - set(special)))}
    small = copy.deepcopy(real)
    small["model"]["vocab"] = vocabulary
    for token in small["added_tokens"]:
        token["id"] = vocabulary[token["content"]]
    for token in small["post_processor"]["special_tokens"].values():
        token["ids"] = [vocabulary[token["id"]]]
    return small


def small_roberta(real: dict[str, Any]) -> dict[str, Any]:
    """RoBERTa's own bytes and first merges."""
    small = copy.deepcopy(real)
    merges = real["model"]["merges"][:BPE_MERGES]
    special = [token["content"] for token in sorted(real["added_tokens"], key=lambda token: token["id"])]
    merged = ["".join(merge.split(" ") if isinstance(merge, str) else merge) for merge in merges]
    tokens = special + sorted(pre_tokenizers.ByteLevel.alphabet()) + merged
    small["model"] |= {"merges": merges, "vocab": {token: index for index, token in enumerate(tokens)}}
    for token in small["added_tokens"]:
        token["id"] = tokens.index(token["content"])
    return small


def small_unigram(real: dict[str, Any]) -> dict[str, Any]:
    """XLM-R's own normalizer and its likeliest pieces; `<mask>` keeps its place at the end."""
    small = copy.deepcopy(real)
    pieces = small["model"]["vocab"]
    small["model"]["vocab"] = pieces[:UNIGRAM_PIECES] + [["<mask>", 0.0]]
    for token in small["added_tokens"]:
        token["id"] = UNIGRAM_PIECES if token["content"] == "<mask>" else token["id"]
    return small


def variants() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Name, fixture, and what to change in the fixture: each is a kind of tokenizer seen in the wild."""
    metaspace = {"type": "Metaspace", "replacement": "\u2581"}
    spaces = {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}
    bert = {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True}
    yield "bert uncased", "wordpiece", {}
    yield "bert cased", "wordpiece", {"normalizer": {**bert, "strip_accents": None, "lowercase": False}}
    yield "bert multilingual", "wordpiece", {"normalizer": {**bert, "strip_accents": False, "lowercase": True}}
    raw = {"clean_text": False, "handle_chinese_chars": False, "strip_accents": True, "lowercase": False}
    yield "bert uncleaned", "wordpiece", {"normalizer": {"type": "BertNormalizer", **raw}}
    lowered = [{"type": "Lowercase"}, {**bert, "strip_accents": None, "lowercase": False}]
    yield "bert cased, lowered first", "wordpiece", {"normalizer": {"type": "Sequence", "normalizers": lowered}}
    words = [
        {"content": "Zelenskyy", "single_word": True, "lstrip": False, "rstrip": False, "normalized": True, "special": False},
        {"content": "Human Rights", "single_word": False, "lstrip": True, "rstrip": True, "normalized": True, "special": False},
        {"content": "metadata\"", "single_word": True, "lstrip": False, "rstrip": False, "normalized": False, "special": False},
    ]
    yield "bert with added words", "wordpiece", {"added_tokens": words}
    yield "xlm-roberta", "unigram", {}
    yield "xlm-roberta, newer metaspace", "unigram", {"pre_tokenizer": {**metaspace, "prepend_scheme": "always", "split": True}}
    yield "deberta-v3", "unigram", {
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{**metaspace, "add_prefix_space": True}]},
        "normalizer": {"type": "Sequence", "normalizers": [{"type": "Strip", "strip_left": True, "strip_right": True}, "KEEP", spaces]},
    }
    yield "albert", "unigram", {
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Replace", "pattern": {"String": "``"}, "content": '"'},
            {"type": "Replace", "pattern": {"String": "''"}, "content": '"'},
            {"type": "NFKD"}, {"type": "StripAccents"}, {"type": "Lowercase"}, "KEEP", spaces,
        ]},
    }
    yield "metaspace unsplit", "unigram", {"pre_tokenizer": {**metaspace, "prepend_scheme": "first", "split": False}}
    yield "metaspace first", "unigram", {"pre_tokenizer": {**metaspace, "prepend_scheme": "first", "split": True}}
    yield "metaspace never", "unigram", {"pre_tokenizer": {**metaspace, "prepend_scheme": "never", "split": True}}
    yield "byte fallback", "unigram", {"model.byte_fallback": True}
    yield "roberta", "roberta", {}
    yield "roberta, prefix space", "roberta", {"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True}}


# Where a character stands: within a word, alone, at an edge; beside an added token; in a grapheme cluster.
CONTEXTS = ["a{}b", "a {} b", "{}", "a{} b", "{}<w>{}", "{} <l> {}<r> {}", "z\u030c{}\u0301", "{}z\u030c", "\U0001f468\u200d{}\u0301", "{}\u0344\u030c"]
# What JavaScript takes for white space and Rust does not or the other way round, joiners, and what Unicode learnt later.
SPECIAL = [0x85, 0x5C8, 0x200C, 0x200D, 0xFEFF, 0x1C89, 0xA7CB, 0xA7CE, 0xAB69, 0x107A5, 0x10D50, 0x16EA0, 0x1CCDF, 0x1E4EC, 0x1E008, 0x110BD, 0x1F16C, 0xE00A0]
BLOCK = 64


def code_points() -> list[int]:
    """All kinds of white space, and every so many-th of the controls, digits, marks, signs and letters."""
    steps = {"Z": 1, "C": 2, "N": 41, "M": 151, "P": 67, "S": 499, "L": 997}
    found = set(SPECIAL)
    for first, step in steps.items():
        codes = (code for code in range(0x110000) if unicodedata.category(chr(code))[0] == first)
        assigned = [code for code in codes if unicodedata.category(chr(code)) not in ("Cn", "Co", "Cs")]
        found.update(assigned[::step])
    return sorted(found)


def code_point_kinds() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every pre-tokenizer and normalizer that looks at classes of characters; ByteLevel's prefix shows where pieces begin."""
    bytes_of = {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": False}

    def pieces(part: dict[str, Any]) -> dict[str, Any]:
        return {"pre_tokenizer": {"type": "Sequence", "pretokenizers": [part, bytes_of]}}

    added = [
        {"content": "<w>", "single_word": True, "lstrip": False, "rstrip": False, "normalized": False, "special": False},
        {"content": "<l>", "single_word": False, "lstrip": True, "rstrip": False, "normalized": False, "special": False},
        {"content": "<r>", "single_word": False, "lstrip": False, "rstrip": True, "normalized": True, "special": False},
    ]
    yield "ByteLevel", "roberta", {}
    yield "added tokens", "roberta", {"added_tokens": added}
    for kind in ("Whitespace", "WhitespaceSplit", "BertPreTokenizer"):
        yield kind, "roberta", pieces({"type": kind})
    yield "Digits", "roberta", pieces({"type": "Digits", "individual_digits": False})
    for behavior in ("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"):
        yield f"Punctuation, {behavior}", "roberta", pieces({"type": "Punctuation", "behavior": behavior})
    patterns = [
        r"\s+", r"\w+", r"[\w]", r"\d+", r"\b", r"\B", r"[^\s\w]+", r"\P{Lu}+", "[[:upper:]]", "[[:alnum:]]+", ".",
        r"(?i:'s|'t)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    ]
    for pattern in patterns:
        split = {"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Isolated", "invert": False}
        yield f"Split {pattern}", "roberta", pieces(split)
    yield "Split, inverted", "roberta", pieces({"type": "Split", "pattern": {"Regex": r"\w+"}, "behavior": "Removed", "invert": True})
    for kind in ("NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt"):
        yield kind, "roberta", {"normalizer": {"type": kind}}
    yield "Strip", "roberta", {"normalizer": {"type": "Strip", "strip_left": True, "strip_right": True}}
    for pattern in (r"\s{2,}|[\n\r\t]", r"\w"):
        yield f"Replace {pattern}", "roberta", {"normalizer": {"type": "Replace", "pattern": {"Regex": pattern}, "content": "_"}}
    yield "Precompiled", "unigram", {}
    yield "bert uncased", "wordpiece", {}


def by_code_point(fixtures: dict[str, dict[str, Any]]) -> None:
    codes = code_points()
    samples = [context.replace("{}", chr(code)) for code in codes for context in CONTEXTS]
    kinds = []
    for name, fixture, changes in code_point_kinds():
        encodings = load(changed(fixtures[fixture], changes)).encode_batch(samples, add_special_tokens=False)
        lines = [" ".join(map(str, encoding.ids)) for encoding in encodings]
        hashes = [hashlib.sha256("\n".join(lines[at : at + BLOCK]).encode()).hexdigest()[:12] for at in range(0, len(lines), BLOCK)]
        kinds.append({"name": name, "fixture": fixture, "changes": changes, "blocks": " ".join(hashes)})
    write_golden(
        f"{PACKAGE}/goldens/tokenize/code_points.json", SCRIPT, ["tokenizers"], kinds,
        codePoints=" ".join(f"{code:x}" for code in codes), contexts=CONTEXTS, block=BLOCK,
    )


def changed(fixture: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Applies a variant's changes: as the tests do, in the same few lines."""
    result = copy.deepcopy(fixture)
    for key, value in changes.items():
        if key == "model.byte_fallback":
            result["model"]["byte_fallback"] = value
            # Two bytes of three: some characters fall back, others have a byte without a piece.
            result["model"]["vocab"] += [[f"<0x{byte:02X}>", -30.0] for byte in range(256) if byte % 3 != 0]
        elif key == "added_tokens":
            # Numbered from the end of the vocabulary on, as `tokenizers` does whatever the file says.
            size = len(fixture["model"]["vocab"])
            result["added_tokens"] += [{**token, "id": size + index} for index, token in enumerate(value)]
        elif key == "normalizer" and value["type"] == "Sequence":
            kept = [fixture["normalizer"] if part == "KEEP" else part for part in value["normalizers"]]
            result["normalizer"] = {**value, "normalizers": kept}
        else:
            result[key] = value
    return result


def load(document: dict[str, Any]) -> Tokenizer:
    tokenizer = Tokenizer.from_str(json.dumps(document))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def truncations(tokenizer: Tokenizer) -> Iterator[dict[str, Any]]:
    first = "What did the president say about the economy and jobs?"
    second = "Tonight, I call on the Senate to pass the Freedom to Vote Act. Pass the John Lewis Voting Rights Act."
    for a, b in ((first, second), (second, first), (first, first), (first, ""), ("", second), (first, None), ("", None)):
        for direction in ("right", "left"):
            for strategy in ("longest_first", "only_second"):
                for length in (6, 7, 12, 13, 24, 25, 64, 512):
                    if strategy == "only_second" and b is None:
                        continue
                    tokenizer.enable_truncation(length, strategy=strategy, direction=direction)
                    case = {"text": a, "maxLength": length, "truncation": strategy, "side": direction}
                    if b is not None:
                        case["pair"] = b
                    try:
                        encoding = tokenizer.encode(a, b)
                        case |= {"ids": encoding.ids, "typeIds": encoding.type_ids}
                    except BaseException as error:  # tokenizers panics as well as raises
                        case["error"] = type(error).__name__
                    yield case
    tokenizer.no_truncation()


def compact(path: Path, document: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def main() -> None:
    real = real_tokenizers()
    fixtures = {
        "wordpiece": small_wordpiece(real["bert-base-uncased"]),
        "roberta": small_roberta(real["roberta-base"]),
        "unigram": small_unigram(real["xlm-roberta-paraphrase-multilingual-mpnet-base-v2"]),
    }
    for name, document in fixtures.items():
        compact(FIXTURES / f"{name}.json", document)

    samples = texts()
    kinds = []
    for name, fixture, changes in variants():
        tokenizer = load(changed(fixtures[fixture], changes))
        ids = [hashed(tokenizer.encode(text, add_special_tokens=False).ids) for text in samples]
        kinds.append({"name": name, "fixture": fixture, "changes": changes, "ids": ids})
    write_golden(f"{PACKAGE}/goldens/tokenize/ids.json", SCRIPT, ["tokenizers"], kinds, texts=samples)

    by_code_point(fixtures)

    cut = [{"fixture": name, "cases": list(truncations(load(document)))} for name, document in fixtures.items()]
    target = write_golden(f"{PACKAGE}/goldens/tokenize/truncation.json", SCRIPT, ["tokenizers"], [])
    compact(target, {**json.loads(target.read_text()), "cases": cut})

    shared = {}
    for name, document in real.items():
        tokenizer = load(document)
        shared[name] = {
            path.relative_to(SHARED_DATA / "text").as_posix(): hashed(tokenizer.encode(read(path), add_special_tokens=False).ids)
            for path in text_files()
        }
    write_golden(f"{PACKAGE}/goldens/tokenize/shared_texts.json", SCRIPT, ["tokenizers"], shared)


if __name__ == "__main__":
    main()
