"""Texts on which tokenizers differ: every plane of Unicode, marks, spaces, joiners, runs, and the words and tokens of a vocabulary."""

from __future__ import annotations

import random
import sys
import unicodedata
from typing import Callable, Sequence

SPACES = [" ", "  ", "   ", "\n", "\r\n", "\r", "\t", "\x0b", "\x0c", "\x1c", "\x1f", "\x85", "\xa0", "\u1680", "\u2002", "\u2009", "\u200b", "\u2028", "\u2029", "\u202f", "\u205f", "\u2060", "\u3000", "\ufeff", "\u180e"]
SIGNS = ["\x00", "\x01", "\x7f", "\xad", "\u200c", "\u200d", "\u200e", "\u202b", "\ufffd", "\ufffc", "\u2581", "\u2581\u2581", "\u00b7", "\u0344", "\u0345", "\u034f", "\u0600", "\u06dd", "\u070f", "\u2062", "\U000e0041", "\U000e0100", "\ufe0f", "\ue000", "\U0010fffd", "\uffff", "\ufdd0"]
WORDS = ["the", "The", "THE", "river", "Rivers", "don't", "DON'T", "can\u2019t", "'s", "'LL", "``quoted''", "it's.", "\u0130stanbul", "I\u0307", "STRASSE", "Stra\u00dfe", "\u1e9e", "\u039f\u0394\u039f\u03a3", "\u03a3", "caf\u00e9", "cafe\u0301", "na\u00efve", "\u212b", "\ufb01ne", "\uff21\uff42\uff11", "\u2460", "\u00bd", "\u2122", "\u33a5", "\u01c5", "\u0149"]
SCRIPTS = ["\u65e5\u672c\u8a9e\u306e\u30c6\u30ad\u30b9\u30c8", "\u4e2d\u6587\u3002", "\uff76\uff9e\uff8a\uff9f", "\ud55c\uad6d\uc5b4", "\u1112\u1161\u11ab", "\uac00\u11a8", "\u0e01\u0e33\u0e25\u0e31\u0e07", "\u0e20\u0e32\u0e29\u0e32\u0e44\u0e17\u0e22", "\u0915\u094d\u0937\u093f", "\u0939\u093f\u0928\u094d\u0926\u0940", "\u0627\u0644\u0639\u0631\u0628\u064a\u0629", "\u0627\u064e\u0628\u0651", "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd", "\u041f\u0440\u0438\u0432\u0435\u0442", "\u0439", "\u0438\u0306", "\u1019\u103c\u1014\u103a", "\u1781\u17d2\u1798\u17c2\u179a", "\u0f40\u0f74", "\u10d0\u10d1", "\u1c90", "\u13a0\uab70", "\U00010400\U00010428", "\U0001e900\U0001e922", "\U00020000\U0002f800", "\uf900\ufa0e"]
EMOJI = ["\U0001f600", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f44d\U0001f3fd", "\U0001f1e9\U0001f1ea", "\U0001f1e9", "\u2764\ufe0f", "1\ufe0f\u20e3", "\u00a9\ufe0f", "\U0001f3f4\U000e0067\U000e0062\U000e007f", "\u263a"]
NUMBERS = ["0", "7", "42", "2024", "1234567", "1,234.56", "3.14e-5", "0x1F", "\u0663\u0664", "\u0967\u0968", "\u216b", "\u00b2", "\u3007\u4e8c", "\U0001d7d8", "10%", "$5", "\u20ac9"]
PUNCTUATION = list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~") + ["...", "\u2026", "--", "\u2014", "\u201cx\u201d", "\u00ab", "\u3001", "\uff0c", "\u061f", "\u00bf", "!!!!!!", "====", "://", "a_b", "#f", "\u037e", "\u1fef"]
MARKS = ["\u0301", "\u0316", "\u0323", "\u030c", "\u0327", "\u0338", "\u20d2", "\u3099", "\u309a", "\u093c", "\u05b0", "\u064b", "\u0e34", "\u1ab0", "\U0001d165", "\u0483", "\u0488", "\u09be", "\u0dcf"]
# Upper ends of the ranges that a random code point comes from: ASCII, Latin, the basic plane, the supplementary ones.
RANGES = [(0x00, 0x7F), (0x80, 0x24F), (0x250, 0x1FFF), (0x2000, 0x2FFF), (0x3000, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x1FFFF), (0x20000, 0x3FFFF), (0xE0000, 0x10FFFF)]
JOINTS = ["", "", " ", " ", "  ", "\n", "\u2581", "\u200d"]


def hard_texts(seed: int, count: int, tokens: Sequence[str], pieces: Sequence[str], real: Sequence[str]) -> list[str]:
    """`count` texts, always the same. `tokens` are the vocabulary's added tokens, `pieces` its ordinary ones, `real` texts of many languages."""
    chance = random.Random(seed)
    tokens, pieces = list(tokens) or [""], list(pieces) or [""]

    def code_point() -> str:
        while True:
            character = chr(chance.randint(*chance.choice(RANGES)))
            # Unassigned ones are rare in texts, and there are very many of them.
            if unicodedata.category(character) != "Cs" and (unicodedata.category(character) != "Cn" or chance.random() < 0.05):
                return character

    def token() -> str:
        token = chance.choice(tokens)
        return chance.choice([token, token, token, token.lower(), token.upper(), token[:-1], token * 2, f"{token}s", f"x{token}", f" {token} ", f"\n{token}\t"])

    def excerpt() -> str:
        if not real:
            return ""
        text = chance.choice(real)
        start = chance.randrange(max(1, len(text)))
        return text[start : start + chance.randint(1, 60)]

    def marked() -> str:
        return chance.choice(WORDS + SCRIPTS + EMOJI)[: chance.randint(1, 4)] + "".join(chance.choices(MARKS, k=chance.randint(1, 5)))

    def run() -> str:
        one = chance.choice([*SPACES, *PUNCTUATION, *NUMBERS, *MARKS, *EMOJI, "a", "\u00e9", "\u4e16", "\uac00", "the", chance.choice(pieces), chance.choice(tokens)])
        return one * chance.choice([2, 3, 4, 5, 8, 16, 33, 101])

    def mixed_case() -> str:
        return "".join(chance.choice([c.lower(), c.upper(), c.title()]) for c in chance.choice(WORDS + SCRIPTS + pieces[:500]))

    kinds: list[tuple[int, Callable[[], str]]] = [
        (8, lambda: chance.choice(WORDS)),
        (5, lambda: chance.choice(SCRIPTS)),
        (4, lambda: chance.choice(EMOJI)),
        (4, lambda: chance.choice(NUMBERS)),
        (4, lambda: chance.choice(PUNCTUATION)),
        (6, lambda: chance.choice(SPACES)),
        (3, lambda: chance.choice(SIGNS)),
        (8, lambda: chance.choice(pieces)),
        (7, token),
        (8, code_point),
        (6, excerpt),
        (4, marked),
        (2, run),
        (3, mixed_case),
    ]
    makers = [make for weight, make in kinds for _ in range(weight)]
    return ["".join(chance.choice(makers)() + chance.choice(JOINTS) for _ in range(chance.choice([0, 1, 1, 2, 3, 4, 6, 8, 12, 16, 24]))) for _ in range(count)]


if __name__ == "__main__":
    for line in hard_texts(19, int(sys.argv[1]) if len(sys.argv) > 1 else 20, ["[MASK]"], ["the"], []):
        print(ascii(line))
