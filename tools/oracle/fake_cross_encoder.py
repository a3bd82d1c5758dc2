"""Scores of langchain_community's FakeCrossEncoder on pairs of every kind, for packages/cross-encoders."""

from __future__ import annotations

import random

from golden import write_golden
from langchain_community.cross_encoders import FakeCrossEncoder

PAIRS = [
    ("", ""),
    ("", "text"),
    ("query", ""),
    ("same", "same"),
    ("abcd", "bcde"),
    ("Hello world", "hello, World!"),
    ("What is the plan for the economy?", "My plan for the economy is to fight inflation and lower costs."),
    ("a\nb", "a b"),
    # Code points, not UTF-16 units.
    ("\U0001f600\U0001f601", "\U0001f600x"),
    ("대한민국", "대한 민국의 수도"),
    ("e\u0301", "\u00e9"),
]


def fuzz(seed: int, count: int) -> list[tuple[str, str]]:
    """Short alphabets make many ties; over 200 characters difflib leaves popular ones out."""
    rng = random.Random(seed)
    word = lambda size, letters: "".join(rng.choice(letters) for _ in range(rng.randrange(size)))  # noqa: E731
    short = [(word(12, "ab"), word(12, "ab")) for _ in range(count)]
    long = [(word(150, "abcdefg "), word(600, "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOP.,")) for _ in range(count // 4)]
    return short + long


def main() -> None:
    pairs = PAIRS + fuzz(7, 60)
    scores = FakeCrossEncoder().score(pairs)
    cases = [{"pair": list(pair), "score": score} for pair, score in zip(pairs, scores, strict=True)]
    write_golden(
        "packages/cross-encoders/test/goldens/fake-cross-encoder.json",
        "fake_cross_encoder.py",
        ["langchain-community"],
        cases,
    )


if __name__ == "__main__":
    main()
