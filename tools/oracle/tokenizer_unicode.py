"""Writes the sets of code points that Python's `tokenizers` works with, as frozen ranges for hf-runtime.

`tokenizers` is compiled with Unicode tables of several versions, and Node's differ from version to version: taking the sets from the library
itself, code point by code point, makes ours equal on every Node. Writes
packages/hf-runtime/src/tokenizer/unicode/generated/: code-point-ranges.ts, general-categories.ts, later-lower-case.ts.
"""

from __future__ import annotations

import base64
import importlib.metadata
import itertools
import json
import unicodedata
from typing import Callable, Iterable

from golden import REPOSITORY
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers

TARGET = REPOSITORY / "packages/hf-runtime/src/tokenizer/unicode/generated"
# XLM-R's rules, which compose z and a caron to one letter unless the next character joins their grapheme cluster.
CHARSMAP = REPOSITORY / "packages/hf-runtime/test/fixtures/tokenize/unigram.json"
CATEGORIES = "Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Co".split()
CODE_POINTS = [code for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]


def ranges(codes: Iterable[int]) -> str:
    """Code points as `first-last` in hexadecimal."""
    found: list[list[int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return " ".join(f"{first:x}" if first == last else f"{first:x}-{last:x}" for first, last in found)


def chosen(test: Callable[[str], bool]) -> str:
    return ranges(code for code in CODE_POINTS if test(chr(code)))


def bert(**on: bool) -> normalizers.BertNormalizer:
    off = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    return normalizers.BertNormalizer(**{**off, **on})


def matching(pattern: str) -> set[int]:
    """Code points that a pattern of one character matches in Oniguruma, which Split, Replace and ByteLevel work with."""
    found = pre_tokenizers.Split(Regex(pattern), "removed", invert=True)
    blocks = (CODE_POINTS[start : start + 4096] for start in range(0, len(CODE_POINTS), 4096))
    pieces = (piece for block in blocks for piece, _ in found.pre_tokenize_str("".join(map(chr, block))))
    return {ord(character) for piece in pieces for character in piece}


def categories() -> dict[int, str]:
    """Oniguruma's general category of every code point assigned."""
    return {code: name for name in CATEGORIES for code in matching(rf"\p{{{name}}}")}


def category_runs(category: dict[int, str]) -> str:
    """Category and number of code points (1 is left out) of one run after the other; Cn is what is not assigned."""
    runs = []
    names = (category.get(code, "Cs" if 0xD800 <= code <= 0xDFFF else "Cn") for code in range(0x110000))
    for name, run in itertools.groupby(names):
        length = len(list(run))
        runs.append(name + (str(length) if length > 1 else ""))
    return "".join(runs)


def overlooked(category: dict[int, str]) -> list[int]:
    """What a Unicode later than that of `tokenizers`' normalizers may normalise, of what is assigned to Oniguruma."""
    compatible = normalizers.NFKD()

    def sorts(c: str) -> bool:
        # A mark of a low class moves in front of one of a high class, and the other way round.
        return any(compatible.normalize_str(pair) != pair for pair in (f"\u0345{c}", f"{c}\u0334"))

    unchanged = [code for code in CODE_POINTS if compatible.normalize_str(chr(code)) == chr(code) and not sorts(chr(code))]
    if missing := [code for code in set(CODE_POINTS) - set(unchanged) if code not in category]:
        raise SystemExit(f"tokenizers normalises what Oniguruma does not know: {missing[:5]}")

    def later(c: str) -> bool:
        return unicodedata.category(c) == "Cn" or unicodedata.combining(c) != 0 or unicodedata.normalize("NFKD", c) != c

    return [code for code in unchanged if code in category and later(chr(code))]


def later_lower_case() -> str:
    """Lower case of the letters that the oldest Node supported, of Unicode 15, does not know: `upper:lower` in hexadecimal."""
    if unicodedata.unidata_version >= "16":
        raise SystemExit(f"needs a Python with Unicode 14 or 15 (3.11 to 3.13), this one has {unicodedata.unidata_version}")
    lower = normalizers.Lowercase()
    pairs = ((code, lower.normalize_str(chr(code))) for code in CODE_POINTS if unicodedata.category(chr(code)) == "Cn")
    return " ".join(f"{code:x}:{ord(low):x}" for code, low in pairs if low != chr(code))


def joins(mapped: Callable[[str], str], c: str) -> bool:
    """Whether a character joins one in front of it: the cluster is then too long to be looked up whole, or c is lost in it."""
    found = mapped(f"z\u030c{c}")
    return not found.startswith("\u017e") or (found == "\u017e" and mapped(c) != "")


def word_test() -> Callable[[str], bool]:
    """Whether a character is of a word (`\\w` of Rust's regex): a token that has to stand alone is not found beside it."""
    tokenizer = Tokenizer(models.WordLevel({"?": 0}, unk_token="?"))
    tokenizer.add_tokens([AddedToken("#", single_word=True, normalized=False)])
    return lambda character: 1 not in tokenizer.encode(f"#{character}").ids


def write(name: str, source: str) -> None:
    versions = f"tokenizers {importlib.metadata.version('tokenizers')}"
    head = f"// Generated by tools/oracle/tokenizer_unicode.py with {versions}. Do not edit.\n\n"
    (TARGET / name).write_text(head + source, encoding="utf-8")
    print("wrote", TARGET / name)


def main() -> None:
    clean, chinese, accents = bert(clean_text=True), bert(handle_chinese_chars=True), bert(strip_accents=True)
    marks, words, pieces = normalizers.StripAccents(), pre_tokenizers.WhitespaceSplit(), pre_tokenizers.BertPreTokenizer()
    digits, is_word = pre_tokenizers.Digits(individual_digits=True), word_test()
    charsmap = base64.b64decode(json.loads(CHARSMAP.read_text())["normalizer"]["precompiled_charsmap"])
    mapped = normalizers.Precompiled(charsmap).normalize_str
    sets = {
        "REMOVED": ("Characters that BertNormalizer's clean_text removes.", lambda c: clean.normalize_str(c) == ""),
        "BLANKED": ("Characters that BertNormalizer's clean_text replaces by a space.", lambda c: clean.normalize_str(c) == " "),
        "CHINESE": (
            "Characters that BertNormalizer puts spaces around.",
            lambda c: chinese.normalize_str(c) != c,
        ),
        "ACCENTS": ("Characters that BertNormalizer's strip_accents removes after NFD.", lambda c: accents.normalize_str(c) == ""),
        "MARKS": ("Characters that the StripAccents normalizer removes.", lambda c: marks.normalize_str(c) == ""),
        "WHITESPACE": ("Characters that WhitespaceSplit splits at.", lambda c: len(words.pre_tokenize_str(f"a{c}a")) == 2),
        "PUNCTUATION": ("Characters that BertPreTokenizer isolates.", lambda c: len(pieces.pre_tokenize_str(f"a{c}a")) == 3),
        "NUMERIC": ("Characters that Digits isolates.", lambda c: len(digits.pre_tokenize_str(f"a{c}a")) == 3),
        "WORD": ("Word characters for Whitespace and for added tokens with single_word.", is_word),
        "EXTENDERS": (
            "Characters that join the one before them in a grapheme cluster.",
            lambda c: joins(mapped, c),
        ),
        "PREPENDED": (
            "Characters that join the one after them in a grapheme cluster.",
            lambda c: mapped(f"{c}z\u030c").endswith("z\u030c"),
        ),
        "PICTOGRAPHS": (
            "Characters that a zero-width joiner joins with a pictograph.",
            lambda c: mapped(f"{c}\u200d\u2122\u0301").endswith("TM\u0301"),
        ),
        "LONERS": (
            "Characters that no extender joins (controls).",
            # The first extender then starts a cluster, and its rule swallows the second.
            lambda c: mapped(f"{c}\u0344\u0301") == mapped(c) + mapped("\u0344"),
        ),
    }
    lines = []
    for name, (comment, test) in sets.items():
        lines += [f"/** {comment} */", f'export const {name} =\n  "{chosen(test)}";', ""]
    category = categories()
    alphabetic = ranges(sorted(matching(r"\p{Alphabetic}")))
    lines += [
        "/** Oniguruma's `\\p{Alphabetic}`. */",
        f'export const ALPHABETIC =\n  "{alphabetic}";',
        "",
    ]
    for name, general in (("Uppercase", "Lu"), ("Lowercase", "Ll")):
        more = ranges(sorted(matching(rf"\p{{{name}}}") - matching(rf"\p{{{general}}}")))
        comment = f"/** Oniguruma's `\\p{{{name}}}` without its `\\p{{{general}}}`. */"
        lines += [comment, f'export const OTHER_{name.upper()} =\n  "{more}";', ""]
    lines += [
        "/** Characters that later Unicode may normalise and `tokenizers` does not, except those that Oniguruma's version does not assign. */",
        f'export const OVERLOOKED =\n  "{ranges(overlooked(category))}";',
        "",
    ]
    write("code-point-ranges.ts", "\n".join(lines))
    comment = "/** Lower case of letters that are newer than Unicode 15, which older versions of Node do not know: `upper:lower`. */"
    source = f'{comment}\nexport const LATER_LOWER_CASE =\n  "{later_lower_case()}";\n'
    write("later-lower-case.ts", source)
    comment = "/** Oniguruma's general categories: runs of code points from U+0000 on; the length of a run follows its category. */"
    write("general-categories.ts", f'{comment}\nexport const GENERAL_CATEGORIES =\n  "{category_runs(category)}";\n')


if __name__ == "__main__":
    main()
