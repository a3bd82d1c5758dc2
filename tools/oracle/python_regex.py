"""Writes how Python's `re` splits random texts at random patterns, and which letters it treats as equal if case is ignored."""

from __future__ import annotations

import _sre
import platform
import random
import re
import unicodedata
import warnings
from typing import Any

from golden import write_golden

SCRIPT = "python_regex.py"
FOLDER = "packages/text-splitters/test/goldens"
SEED = 20261129

# What flags, classes and repetitions are about: letters with relatives of the other case, separators, spaces, characters of two UTF-16 units.
REGEX_LITERALS = [*"abkisABKIS,;-19 _éÉßẞİıſ\u212aθϴω\u2126µσς👍한ǆǅⒶⓐᾳι#", "\\.", "\\n", "\\t", "\\-", "\\]", "\\x41", "\\u0130"]
REGEX_ESCAPES = [r"\w", r"\W", r"\d", r"\D", r"\s", r"\S"]
REGEX_MEMBERS = [*"abkisABKIS,;.19 _éÉßİıſ\u212aθϴωΩµσς👍ǅⒶι[&~|", "\\n", "\\]", "\\-", "\\b", "-", "^"]
REGEX_RANGES = ["a-z", "A-Z", "0-9", "а-я", "À-ÿ", "α-ω", "\u0100-\u017f", "🌀-🙏", "I-K", "s-t"]
REGEX_QUANTIFIERS = ["*", "+", "?", "{2}", "{1,2}", "{,2}", "{2,}", "*?", "+?", "??"]
REGEX_TEXT = [*"aabbkKiIsS,,;;.-19 _\n\t[]éÉßẞİıſ\u212aθϴω\u2126µσς👍한ǆǅⒶⓐι\u0345#\u00a0\u0085٣\u001c\ufeff\U00010400\U00010428"]
REGEX_FLAGS = ["", "", "", "(?i)", "(?i)", "(?ai)", "(?a)", "(?s)", "(?m)", "(?im)", "(?x)", "(?ix)", "(?is)"]


class RegexWriter:
    """Random patterns of what both Python and RegExp have. A repeated group always matches something and captures nothing: what a repetition that
    matches nothing does, and what a group keeps from an earlier one, are known divergences."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def character_class(self) -> str:
        members = [self.rng.choice(self.rng.choice([REGEX_MEMBERS, REGEX_ESCAPES, REGEX_RANGES])) for _ in range(self.rng.randint(1, 3))]
        return "[" + self.rng.choice(["", "", "^"]) + "".join(members) + "]"

    def character(self) -> str:
        return self.rng.choice([lambda: self.rng.choice(REGEX_LITERALS), lambda: self.rng.choice(REGEX_ESCAPES), self.character_class])()

    def repeated(self) -> str:
        body = "".join(self.character() for _ in range(self.rng.randint(1, 3)))
        opening = self.rng.choice(["(?:", "(?:", "(?i:", "(?-i:", "(?a:", "(?s:"])
        return opening + body + ")" + self.rng.choice(REGEX_QUANTIFIERS)

    def atom(self, depth: int) -> str:
        kind = self.rng.random()
        if kind < 0.55 or depth == 0:
            return self.character() + self.rng.choice(["", "", *REGEX_QUANTIFIERS[:7]])
        if kind < 0.75:
            return self.repeated()
        if kind < 0.82:
            return self.rng.choice([".", "^", "$", r"\b", r"\B", r"\A", r"\Z"])
        if kind < 0.88:
            return self.rng.choice(["(?<=", "(?<!"]) + self.character() + ")"
        return self.rng.choice(["(", "(?:", "(?=", "(?!", "(?m:", "(?x:"]) + self.pattern(depth - 1) + ")"

    def pattern(self, depth: int) -> str:
        parts = ["".join(self.atom(depth) for _ in range(self.rng.randint(1, 3))) for _ in range(self.rng.choice([1, 1, 1, 2]))]
        return "|".join(parts)


def regex_fuzz_cases(count: int) -> list[dict[str, Any]]:
    """Results of `re.split` for random texts and random patterns."""
    rng = random.Random(SEED)
    writer = RegexWriter(rng)
    cases: list[dict[str, Any]] = []
    while len(cases) < count:
        pattern = rng.choice(REGEX_FLAGS) + writer.pattern(2)
        try:
            compiled = re.compile(pattern)
        except re.error:
            continue
        texts = ["".join(rng.choices(REGEX_TEXT, k=rng.randint(1, 24))) for _ in range(4)]
        texts = [text for text in texts if not matches_again(compiled, text)]
        pieces = [{"text": text, "pieces": compiled.split(text)} for text in texts]
        # At least one text must be split, or the case says little.
        if any(len(one["pieces"]) > 1 for one in pieces):
            cases.append({"pattern": pattern, "texts": pieces})
    return cases


def matches_again(compiled: re.Pattern[str], text: str) -> bool:
    """Whether a match of nothing is followed by one of something at the same place: a known divergence."""
    matches = list(compiled.finditer(text))
    return any(a.start() == a.end() == b.start() < b.end() for a, b in zip(matches, matches[1:]))


def case_families() -> list[str]:
    """Letters that are the same if case is ignored, as Python's `re` matches them."""
    cased = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000 and _sre.unicode_iscased(code)]
    everything = "".join(cased)
    families = {"".join(re.findall("(?i)" + re.escape(letter), everything)) for letter in cased}
    return sorted(family for family in families if len(family) > 1)


def main() -> None:
    warnings.simplefilter("ignore")  # Python warns of `[[` and `--` in classes, which may mean something else one day.
    python = platform.python_version()
    print(write_golden(f"{FOLDER}/regex-fuzz.json", SCRIPT, [], regex_fuzz_cases(400), python=python, seed=SEED))
    print(write_golden(f"{FOLDER}/case-families.json", SCRIPT, [], case_families(), python=python, unicode=unicodedata.unidata_version))


if __name__ == "__main__":
    main()
