"""Token ids of long texts by Python's `tokenizers`, for hf-runtime, which works on such texts in parts, to equal.

Writes packages/hf-runtime/test/goldens/tokenize/long_texts.json: what texts are made of, and their hashed ids by variants of the small
tokenizers that tokenizers_golden.py writes.
"""

from __future__ import annotations

import json
from typing import Any, Iterator

from golden import write_golden
from tokenizers_golden import FIXTURES, PACKAGE, changed, hashed, load

SCRIPT = "tokenizers_long_texts.py"

WORDS = "the word of naive \u00fcber it a \u042d\u0442\u043e \u0441\u043b\u043e\u0432\u043e HTTPServer can't 12345".split(" ")
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


def texts() -> Iterator[list[tuple[str, int]]]:
    """Stretches, each as often as the number beside it says."""
    yield [("the word ", 400)]
    yield [("Some say, we can't. ", 200)]
    yield [(f"{word} ", 1 + index % 3) for index in range(22) for word in WORDS]
    yield [("a <m> word abq x[X] ", 150)]
    yield [("theirin", 450)]
    yield [("x", 5000)]
    yield [(" ", 2500), ("x<mask> y", 1), (" ", 2500), ("<mask> y", 1), ("a<mask>", 300)]
    yield [("e", 1), ("\u0301\u0316", 1500), ("\u0301", 1500), ("\u0316", 1500), ("e", 1)]
    yield [("\u1100\u1161\u0316\u0301", 600), ("\u11a8", 300), ("\u3131\u314f", 900)]
    yield [("\uff76\uff9e", 800), ("\u4e16\u754c", 1200)]
    yield [("\u4e16\u754c\u3002", 900), ("\U0001f600", 900)]
    yield [(FAMILY, 200), (" ", 1), ("\U0001f44d\U0001f3fd", 400)]
    yield [("\u0915\u094d\u0937\u093f", 400), (" ", 2), ("\u0e01\u0e33", 700)]
    yield [("\ufb01\u212b\u1e9b\u0323", 700)]
    yield [("\n", 1500), (" \n", 700), ("a", 1), ("A", 1500), ("b", 1000)]
    yield [("\ufffd\u200b\u00ad", 500), ("\u2581", 700), ("a ", 500)]
    yield [("1,234 ", 300), (".", 900), ("12", 700)]
    yield [("\u03a3\u0391\u03a3 \u0130", 300), ("a b c ", 400)]


GPT4 = (
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"
)
LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
GPT4O = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
    r"\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
# Patterns that a backtracking engine takes quadratic time or worse for, or that match nothing, or look around.
HARD = [
    "(a+)+$", r"\s+$| |\s+", "[a-c]*x", "(ab|a)*c?", " *", r"(?=(\d{3})+(?!\d))", r"(?<=a)b+|\s+", r"\p{L}+$|\s", r"(?!x)[^ ]+?y|\s",
]


def kinds() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Name, fixture, and what to change in the fixture."""

    def token(content: str, **traits: bool) -> dict[str, Any]:
        no = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": False}
        return {"content": content, **no, **traits}

    def split(pattern: str, behavior: str = "Isolated", invert: bool = False) -> dict[str, Any]:
        part = {"type": "Split", "pattern": {"Regex": pattern}, "behavior": behavior, "invert": invert}
        return {"pre_tokenizer": {"type": "Sequence", "pretokenizers": [part, {**bytes_, "use_regex": False}]}}

    bytes_ = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    added = [
        token("<m>", lstrip=True), token("[X]", rstrip=True), token("abq", single_word=True), token("  ", lstrip=True, rstrip=True),
        token("naive \u00fc", normalized=True), token("\u00c9.", normalized=True), token("xxxxx"), token("xxxxxxx"),
    ]
    for fixture in ("wordpiece", "unigram", "roberta"):
        yield fixture, fixture, {}
        yield f"{fixture}, added tokens", fixture, {"added_tokens": added}
    for form in ("NFC", "NFD", "NFKC", "NFKD", "StripAccents", "Lowercase", "Nmt"):
        yield form, "roberta", {"normalizer": {"type": form}}
    sentence_piece = [{"type": "Prepend", "prepend": "\u2581"}, {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"}]
    yield "Prepend and Replace", "unigram", {"normalizer": {"type": "Sequence", "normalizers": sentence_piece}}
    stripped = [{"type": "Strip", "strip_left": False, "strip_right": True}, {"type": "NFKC"}, "KEEP"]
    yield "Strip, NFKC, Precompiled", "unigram", {"normalizer": {"type": "Sequence", "normalizers": stripped}}
    yield "Replace by a pattern", "unigram", {"normalizer": {"type": "Replace", "pattern": {"Regex": " *"}, "content": "x"}}
    yield "byte fallback", "unigram", {"model.byte_fallback": True}
    metaspace = {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "first", "split": False}
    yield "Metaspace, unsplit", "unigram", {"pre_tokenizer": metaspace}
    for kind in ("Whitespace", "WhitespaceSplit", "BertPreTokenizer"):
        yield kind, "unigram", {"pre_tokenizer": {"type": kind}}
    yield "Digits", "unigram", {"pre_tokenizer": {"type": "Digits", "individual_digits": True}}
    yield "no words", "roberta", {"pre_tokenizer": {**bytes_, "use_regex": False}}
    for name, pattern in (("GPT-4", GPT4), ("Llama 3", LLAMA3), ("GPT-4o", GPT4O)):
        yield f"{name}'s pattern", "roberta", split(pattern)
    for behavior in ("Removed", "MergedWithPrevious", "MergedWithNext", "Contiguous"):
        yield f"Llama 3's pattern, {behavior}", "roberta", split(LLAMA3, behavior, invert=behavior == "Contiguous")
    for pattern in HARD:
        yield f"Split {pattern}", "roberta", split(pattern)


def main() -> None:
    recipes = list(texts())
    whole = ["".join(stretch * times for stretch, times in recipe) for recipe in recipes]
    cases = []
    for name, fixture, changes in kinds():
        document = json.loads((FIXTURES / f"{fixture}.json").read_text(encoding="utf-8"))
        tokenizer = load(changed(document, changes))
        numbered = {token["content"]: len(document["model"]["vocab"]) + index for index, token in enumerate(changes.get("added_tokens", []))}
        assert all(tokenizer.token_to_id(content) == number for content, number in numbered.items()), numbered
        found = [tokenizer.encode(text, add_special_tokens=False).ids for text in whole]
        cases.append({"name": name, "fixture": fixture, "changes": changes, "ids": [hashed(ids) for ids in found]})
    write_golden(f"{PACKAGE}/goldens/tokenize/long_texts.json", SCRIPT, ["tokenizers"], cases, texts=recipes)


if __name__ == "__main__":
    main()
