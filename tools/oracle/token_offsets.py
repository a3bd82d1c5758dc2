"""Writes the positions of tokens in texts by Python's `tokenizers`, which hf-runtime's must equal.

    python tools/oracle/token_offsets.py   # rewrites packages/hf-runtime/test/goldens/tokenize/offsets.json

Texts and the first cases are those of ids.json (tokenizers_golden.py). A case: { name, fixture, changes, trims, offsets }: a hash for each text of
"start end start end …" in UTF-16 units. Without `trims` the tokenizer has no post-processor.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Iterator

from golden import REPOSITORY, write_golden
from tokenizers_golden import FIXTURES, PACKAGE, changed, load

DIGITS = 8
LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
BYTES = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}


def sequence(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Sequence", "pretokenizers": list(parts)}


def more_cases() -> Iterator[tuple[str, str, dict[str, Any]]]:
    split = {"type": "Split", "pattern": {"Regex": LLAMA3}, "behavior": "Isolated", "invert": False}
    yield "qwen2", "roberta", {"normalizer": {"type": "NFC"}, "pre_tokenizer": sequence(split, BYTES)}
    yield "compatibility forms", "roberta", {"normalizer": {"type": "NFKC"}, "pre_tokenizer": sequence({"type": "Whitespace"}, BYTES)}
    signs = sequence({"type": "Digits", "individual_digits": True}, {"type": "Punctuation", "behavior": "Isolated"}, BYTES)
    yield "digits and signs", "roberta", {"normalizer": {"type": "NFD"}, "pre_tokenizer": signs}
    marked = [{"type": "Prepend", "prepend": "\u2581"}, {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"}]
    words = {"type": "Split", "pattern": {"String": "\u2581"}, "behavior": "MergedWithNext", "invert": False}
    yield "llama", "unigram", {"normalizer": {"type": "Sequence", "normalizers": marked}, "pre_tokenizer": words}
    yield "llama, byte fallback", "unigram", {
        "normalizer": {"type": "Sequence", "normalizers": marked}, "pre_tokenizer": words, "model.byte_fallback": True,
    }


def units_of(text: str) -> list[int]:
    """[characters + 1] UTF-16 units before each character."""
    places = [0]
    for character in text:
        places.append(places[-1] + (2 if ord(character) > 0xFFFF else 1))
    return places


def hashed(text: str, offsets: list[tuple[int, int]]) -> str:
    units = units_of(text)
    flat = " ".join(f"{units[start]} {units[end]}" for start, end in offsets)
    return hashlib.sha256(flat.encode()).hexdigest()[:DIGITS]


def main() -> None:
    ids = json.loads((REPOSITORY / PACKAGE / "goldens/tokenize/ids.json").read_text())
    listed = [(case["name"], case["fixture"], case["changes"]) for case in ids["cases"]]
    cases = []
    for name, fixture, changes in [*listed, *more_cases()]:
        document = changed(json.loads((FIXTURES / f"{fixture}.json").read_text()), changes)
        for trims in [False, True] if name.startswith("roberta") else [False]:
            # Files say the same in both places.
            prefix = document["pre_tokenizer"].get("add_prefix_space", False)
            processor = {**document["post_processor"], "add_prefix_space": prefix} if trims else None
            tokenizer = load({**document, "post_processor": processor})
            found = [hashed(text, tokenizer.encode(text, add_special_tokens=False).offsets) for text in ids["texts"]]
            cases.append({"name": name + (", trimmed" if trims else ""), "fixture": fixture, "changes": changes, "trims": trims, "offsets": " ".join(found)})
    write_golden(f"{PACKAGE}/goldens/tokenize/offsets.json", Path(__file__).name, ["tokenizers"], cases)


if __name__ == "__main__":
    main()
