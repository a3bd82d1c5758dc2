"""Chunks of LangChain Python's text splitters: over the fixtures, over a seeded fuzz, and over development texts if present.

Every chunk is given with the `start_index` that Python found for it. Long ones are given by their length and a hash of all.
"""

from __future__ import annotations

import hashlib
import random
import re
from pathlib import Path
from typing import Any, Callable

from golden import REPOSITORY, SHARED_DATA, write_golden
from langchain_text_splitters import (
    CharacterTextSplitter,
    Language,
    LatexTextSplitter,
    MarkdownHeaderTextSplitter,
    MarkdownTextSplitter,
    PythonCodeTextSplitter,
    RecursiveCharacterTextSplitter,
    SentenceTransformersTokenTextSplitter,
    TextSplitter,
    TokenTextSplitter,
)

SCRIPT = "text_splitters.py"
LIBRARIES = ["langchain-text-splitters", "langchain-core"]
FOLDER = "packages/text-splitters/test"
FIXTURES = REPOSITORY / FOLDER / "fixtures"
SEED = 20261123

SPLITTERS: dict[str, Callable[..., TextSplitter]] = {
    "character": CharacterTextSplitter,
    "recursive": RecursiveCharacterTextSplitter,
    "markdown": MarkdownTextSplitter,
    "latex": LatexTextSplitter,
    "python": PythonCodeTextSplitter,
}

# The tests have the same functions under the same names.
LENGTHS: dict[str, Callable[[str], int]] = {
    "bytes": lambda text: len(text.encode("utf-8")),
    "plusTwo": lambda text: len(text) + 2,
}

OPTION_NAMES = {
    "chunkSize": "chunk_size",
    "chunkOverlap": "chunk_overlap",
    "lengthFunction": "length_function",
    "keepSeparator": "keep_separator",
    "stripWhitespace": "strip_whitespace",
    "isSeparatorRegex": "is_separator_regex",
    "separator": "separator",
    "separators": "separators",
}


def python_options(options: dict[str, Any]) -> dict[str, Any]:
    named = {OPTION_NAMES[name]: value for name, value in options.items()}
    if "length_function" in named:
        named["length_function"] = LENGTHS[named["length_function"]]
    return named


def make(splitter: str, options: dict[str, Any]) -> TextSplitter:
    named = python_options(options)
    if splitter in SPLITTERS:
        return SPLITTERS[splitter](add_start_index=True, **named)
    return RecursiveCharacterTextSplitter.from_language(Language(splitter.removeprefix("language:")), add_start_index=True, **named)


def split(splitter: str, options: dict[str, Any], text: str) -> list[tuple[str, int]]:
    documents = make(splitter, options).create_documents([text])
    return [(document.page_content, document.metadata["start_index"]) for document in documents]


def summary(chunks: list[tuple[str, int]]) -> dict[str, Any]:
    """`start_index+length` of each chunk, in code points, and a hash over all chunks."""
    joined = "\0".join(chunk for chunk, _ in chunks)
    return {
        "chunks": " ".join(f"{start}+{len(chunk)}" for chunk, start in chunks),
        "sha256": hashlib.sha256(joined.encode("utf-8")).hexdigest(),
    }


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def fixture_cases() -> list[dict[str, Any]]:
    cases = []

    def add(name: str, splitter: str, options: dict[str, Any]) -> None:
        chunks = split(splitter, options, read(FIXTURES / name))
        cases.append({"text": name, "splitter": splitter, "options": options, **summary(chunks)})

    for path in sorted((FIXTURES / "code").iterdir()):
        for size, overlap in ((40, 0), (120, 30), (400, 100)):
            add(f"code/{path.name}", f"language:{path.stem}", {"chunkSize": size, "chunkOverlap": overlap})
        add(f"code/{path.name}", f"language:{path.stem}", {"chunkSize": 90, "chunkOverlap": 20, "keepSeparator": False})
        add(f"code/{path.name}", f"language:{path.stem}", {"chunkSize": 90, "chunkOverlap": 20, "keepSeparator": "end"})
    for name, own in (("markdown", "markdown"), ("latex", "latex"), ("python", "python")):
        for size, overlap in ((60, 0), (200, 50)):
            add(f"code/{name}.txt", own, {"chunkSize": size, "chunkOverlap": overlap})
    for path in sorted(FIXTURES.glob("*.*")):
        for size, overlap in ((10, 3), (50, 10), (100, 20), (500, 100)):
            add(path.name, "recursive", {"chunkSize": size, "chunkOverlap": overlap})
        add(path.name, "recursive", {"chunkSize": 30, "chunkOverlap": 10, "keepSeparator": False})
        add(path.name, "recursive", {"chunkSize": 30, "chunkOverlap": 10, "keepSeparator": "end", "stripWhitespace": False})
        add(path.name, "recursive", {"chunkSize": 60, "chunkOverlap": 20, "lengthFunction": "bytes"})
        add(path.name, "character", {"chunkSize": 100, "chunkOverlap": 20})
        add(path.name, "character", {"chunkSize": 40, "chunkOverlap": 20, "separator": " "})
        add(path.name, "character", {"chunkSize": 40, "chunkOverlap": 5, "separator": ""})
        add(path.name, "character", {"chunkSize": 40, "chunkOverlap": 0, "separator": r"\s+", "isSeparatorRegex": True})
        sentence_end = {"separator": r"(?<=[.?!]) ", "isSeparatorRegex": True}
        add(path.name, "character", {"chunkSize": 80, "chunkOverlap": 0, **sentence_end})
    return cases


ALPHABET = [
    "a", "b", "c", "foo", "x", "1", "22", ".", ",", "-", "_", "(", ")", "[", "]", "{", "}", "\\", "$", "^", "|", "*", "+", "?", "#",
    " ", " ", "  ", "\n", "\n", "\n\n", "\n\n\n", "\t", "\r\n", "\r", "# ", "\n## ", "```\n", "**", "\nclass ", "\ndef ", "<p",
    "👍", "👩‍💻", "𝕊", "é", "e\u0301", "ß", "한", "한국어", "ไทย", "中文", "\u3000", "\u00a0", "\u0085", "\u001c", "\ufeff", "\u200b", "\u2028",
]  # fmt: skip

LITERALS = ["\n\n", "\n", " ", "", "a", "foo", ".", "**", "👍", "\r\n", "(", "\\", "$", "|", "\u0301", "ab", "  ", "^", "\u3000"]

PATTERNS = [
    r"\s+", r"\d+", r"(?=[a-c])", r"(?<=\n)", r"(?<!a)", r"(?!\s)", r"\b", r"\B", r"\W*", r"x*", r"\W+", r"\w", r"[^\w\s]+", r"\.", r"$",
    r"^", r"\Z", r"\A", r"[\s,]{2,}", r"\n{2,3}", r".{3}", r".", r"\S+", r"o{,1}", r"[]\[]", r"[^\x00-\x7f]", r"(?:foo|b)+?", r"a|b", r"[a-c\d]",
    r"[\W\d]", r"[^\W\d]", r"\$", r"{", r"a{", r"{}", r"\u0301", r"\U0001F44D", r"[\U0001F44D\u3000]", r"\x0a", r"\012", r"\t|\r", r"(?#comment)a",
    r"(?s:.)\n", r"(?m:^)#", r"(?m:$)", r"(?:\.|,)", r"\D\d", r"(?x: a \ b )", r"[\b]|\v", r"é|ß", r"\#", r"[a\-c]", r"[.]", r"\*\*", r"(?a:\w)+",
]  # fmt: skip

WITH_GROUPS = [
    r"(\s)", r"(a)|(\n)", r"([.,])\s?", r"(?P<o>o)(?P=o)", r"(o)\1", r"(\n)+", r"((a)|(b))", r"(x)?", r"(?=(\w))", r"(?i)(A)", r"(?m)(^)", r"()",
]  # fmt: skip

AT_START_ONLY = [r"(?i)FOO|A", r"(?m)^", r"(?s)a.b", r"(?x) \s \s # two", r"(?a)\w+", r"(?im)^A"]


def fuzz_text(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.03:
        return ""
    if kind < 0.06:
        return "".join(rng.choices([" ", "\n", "\t", "\u3000", "\u0085", "\r\n", "\u001c"], k=rng.randint(1, 12)))
    alphabet = ALPHABET if kind < 0.7 else rng.sample(ALPHABET, rng.randint(2, 8))
    return "".join(rng.choices(alphabet, k=rng.randint(1, 40)))


def fuzz_options(rng: random.Random, splitter: str) -> dict[str, Any]:
    size = rng.choice([1, 2, 3, 5, 8, 13, 20, 34])
    options: dict[str, Any] = {"chunkSize": size, "chunkOverlap": rng.choice([0, 0, rng.randrange(size), size - 1])}
    if rng.random() < 0.7:
        options["keepSeparator"] = rng.choice([False, True, "start", "end"])
    if rng.random() < 0.3:
        options["stripWhitespace"] = False
    if rng.random() < 0.15:
        options["lengthFunction"] = rng.choice(sorted(LENGTHS))
    if splitter == "character":
        if rng.random() < 0.6:
            keeps = options.get("keepSeparator", False) is not False
            options["separator"] = rng.choice(PATTERNS if keeps else PATTERNS + WITH_GROUPS + AT_START_ONLY)
            options["isSeparatorRegex"] = True
        elif rng.random() < 0.9:
            options["separator"] = rng.choice(LITERALS)
    elif splitter == "recursive" and rng.random() < 0.7:
        regex = rng.random() < 0.5
        options["separators"] = rng.sample(PATTERNS if regex else LITERALS, rng.randint(1, 4))
        if rng.random() < 0.6:
            options["separators"].append("")
        if regex:
            options["isSeparatorRegex"] = True
    return options


def fuzz_cases(count: int) -> list[dict[str, Any]]:
    rng = random.Random(SEED)
    languages = [f"language:{language.value}" for language in Language if language is not Language.PERL]
    cases = []
    for _ in range(count):
        splitter = rng.choices(
            ["character", "recursive", "markdown", "latex", "python", rng.choice(languages)], [8, 8, 1, 1, 1, 3]
        )[0]
        options = fuzz_options(rng, splitter)
        text = fuzz_text(rng)
        cases.append({"text": text, "splitter": splitter, "options": options, "chunks": split(splitter, options, text)})
    return cases


def pattern_cases() -> list[dict[str, Any]]:
    """Results of `re.split` for texts, for each pattern; None for a group that did not match."""
    rng = random.Random(SEED)
    texts = ["", "a", "foo bar.\n", "a1b22c\n\nd", "x👍y👩‍💻z", "é e\u0301 ß\u00a0한\u3000中文", "\r\n\ta\u0085b\u001cc\ufeff", "a b$^{2}|#"]
    texts += ["".join(rng.choices(ALPHABET, k=25)) for _ in range(6)]
    patterns = PATTERNS + WITH_GROUPS + AT_START_ONLY
    return [{"pattern": p, "texts": [{"text": t, "pieces": re.split(p, t)} for t in texts]} for p in patterns]


class StubTokenizer:
    """Tokenizers simple enough for the tests to have the same: `bytes` of UTF-8, or lower-cased `words` in order of appearance."""

    def __init__(self, kind: str, special: bool) -> None:
        self.kind, self.special, self.words = kind, special, ["[CLS]", "[SEP]"]

    def encode(self, text: str, **_: Any) -> list[int]:
        if self.kind == "bytes":
            ids = [byte + 2 for byte in text.encode("utf-8")]
        else:
            ids = []
            for word in text.lower().split():
                if word not in self.words:
                    self.words.append(word)
                ids.append(self.words.index(word))
        return [0, *ids, 1] if self.special else ids

    def decode(self, ids: list[int]) -> str:
        if self.kind == "bytes":
            return bytes(token - 2 for token in ids).decode("utf-8", errors="replace")
        return " ".join(self.words[token] for token in ids)


def token_cases() -> list[dict[str, Any]]:
    cases = []
    for name in ("english.txt", "korean.txt", "emoji.txt", "crlf.txt", "whitespace.txt", "repeats.txt", "code/python.txt"):
        for kind in ("bytes", "words"):
            for size, overlap in ((5, 0), (16, 5), (100, 99)):
                token = TokenTextSplitter.__new__(TokenTextSplitter)
                TextSplitter.__init__(token, chunk_size=size, chunk_overlap=overlap, add_start_index=True)
                token._tokenizer = StubTokenizer(kind, special=False)
                token._allowed_special, token._disallowed_special = set(), "all"
                sentence = SentenceTransformersTokenTextSplitter.__new__(SentenceTransformersTokenTextSplitter)
                TextSplitter.__init__(sentence, chunk_overlap=overlap, add_start_index=True)
                sentence.tokenizer, sentence.tokens_per_chunk = StubTokenizer(kind, special=True), size
                for splitter, instance in (("token", token), ("sentence-transformers", sentence)):
                    documents = instance.create_documents([read(FIXTURES / name)])
                    chunks = [(document.page_content, document.metadata["start_index"]) for document in documents]
                    options = {"tokens": size, "chunkOverlap": overlap, "tokenizer": kind}
                    cases.append({"text": name, "splitter": splitter, "options": options, **summary(chunks)})
    return cases


HEADERS = [["#", "Header 1"], ["##", "Header 2"], ["###", "Header 3"]]


def header_cases() -> list[dict[str, Any]]:
    rng = random.Random(SEED)
    texts = [("headings.md", read(FIXTURES / "headings.md")), ("code/markdown.txt", read(FIXTURES / "code/markdown.txt"))]
    texts += [(name, read(FIXTURES / name)) for name in ("crlf.txt", "spaces.txt", "emoji.txt", "whitespace.txt")]
    lines = ["# A", "# B", "## C", "### D", "#### E", "#", "##", "#x", "text", "  more text ", "", "", "```", "```js", "~~~", "``` x ```", "**B**",
             "***C***", "****", "**a**b**", "** x **", "\ttab\there", "zero\u200bwidth", "👩‍💻 # no", " # indented", "#\u00a0nbsp"]  # fmt: skip
    texts += [(None, rng.choice(["\n", "\n", "\r\n"]).join(rng.choices(lines, k=rng.randint(1, 14)))) for _ in range(120)]
    custom = {"headersToSplitOn": [["#", "Header 1"], ["**", "Bold"], ["***", "Bolder"]], "customHeaderPatterns": {"**": 2, "***": 3}}
    cases = []
    for index, (name, text) in enumerate(texts):
        for options in (
            {"headersToSplitOn": HEADERS},
            {"headersToSplitOn": HEADERS, "stripHeaders": False},
            {"headersToSplitOn": HEADERS, "returnEachLine": True},
            {"headersToSplitOn": [["##", "Header 2"], ["#", None]], "stripHeaders": False},
            {**custom, "stripHeaders": bool(index % 2)},
        ):
            if name is None and rng.random() < 0.6:
                continue
            try:
                documents = header_splitter(options).split_text(text)
            except IndexError:
                # Python raises for a chunk that ends with a blank line of an open code fence.
                continue
            chunks = [[document.page_content, document.metadata] for document in documents]
            cases.append({"text": text if name is None else {"fixture": name}, "options": options, "chunks": chunks})
    return cases


def header_splitter(options: dict[str, Any]) -> MarkdownHeaderTextSplitter:
    return MarkdownHeaderTextSplitter(
        headers_to_split_on=[tuple(header) for header in options["headersToSplitOn"]],
        return_each_line=options.get("returnEachLine", False),
        strip_headers=options.get("stripHeaders", True),
        custom_header_patterns=options.get("customHeaderPatterns"),
    )


SHARED_LANGUAGES = {
    "c": "c", "cpp": "cpp", "cs": "csharp", "go": "go", "h": "cpp", "html": "html", "java": "java", "js": "js", "kt": "kotlin", "md": "markdown",
    "proto": "proto", "py": "python", "rb": "ruby", "rs": "rust", "rst": "rst", "swift": "swift", "ts": "ts", "tsx": "ts",
}  # fmt: skip


def shared_cases() -> list[dict[str, Any]]:
    """Hashes only: the texts are not part of the project."""
    cases = []
    paths = sorted((SHARED_DATA / "text").rglob("*.*")) + sorted((SHARED_DATA / "dev/chunking_evaluation/corpora").glob("*.md"))
    for path in paths:
        if path.suffix == ".json":
            continue
        text = read(path)
        runs: list[tuple[str, dict[str, Any]]] = [("recursive", {"chunkSize": 500, "chunkOverlap": 100})]
        if len(text) < 100_000:
            runs.append(("character", {"chunkSize": 1000, "chunkOverlap": 200, "separator": "\n"}))
            runs.append(("recursive", {"chunkSize": 64, "chunkOverlap": 16, "lengthFunction": "bytes"}))
        language = SHARED_LANGUAGES.get(path.suffix.removeprefix("."))
        if language is not None:
            runs.append((f"language:{language}", {"chunkSize": 300, "chunkOverlap": 60}))
        for splitter, options in runs:
            chunks = split(splitter, options, text)
            starts = ",".join(str(start) for _, start in chunks)
            cases.append(
                {
                    "text": path.relative_to(SHARED_DATA).as_posix(),
                    "splitter": splitter,
                    "options": options,
                    "count": len(chunks),
                    "sha256": summary(chunks)["sha256"],
                    "startsSha256": hashlib.sha256(starts.encode()).hexdigest(),
                }
            )
    return cases


def main() -> None:
    def write(name: str, cases: Any, **facts: Any) -> None:
        print(write_golden(f"{FOLDER}/goldens/{name}.json", SCRIPT, LIBRARIES, cases, **facts))

    languages = [language for language in Language if language is not Language.PERL]
    separators = RecursiveCharacterTextSplitter.get_separators_for_language
    write("language-separators", {language.value: separators(language) for language in languages})
    write("fixtures", fixture_cases())
    write("fuzz", fuzz_cases(700), seed=SEED)
    write("patterns", pattern_cases(), seed=SEED)
    write("tokens", token_cases())
    write("markdown-headers", header_cases(), seed=SEED)
    if SHARED_DATA.exists():
        write("shared-texts", shared_cases())


if __name__ == "__main__":
    import logging

    logging.disable(logging.WARNING)  # Python warns of every chunk that is longer than chunk_size.
    main()
