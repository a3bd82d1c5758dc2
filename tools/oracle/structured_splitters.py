"""Chunks of the splitters that follow a text's structure or meaning: Markdown syntax, JSX, JSON, HTML, and sentences by distance.

    structured_splitters.py              # every golden file
    structured_splitters.py html-header  # one of them
    structured_splitters.py html-header --count 5000 --to FILE  # many cases, for a comparison by hand
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import warnings
from pathlib import Path
from typing import Any, Callable

from golden import write_golden
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import ExperimentalMarkdownSyntaxTextSplitter, HTMLHeaderTextSplitter, HTMLSectionSplitter
from langchain_text_splitters.json import RecursiveJsonSplitter
from langchain_text_splitters.jsx import JSFrameworkTextSplitter

with warnings.catch_warnings(action="ignore"):
    # It says on import that it is being sunset.
    from langchain_experimental.text_splitter import SemanticChunker

SCRIPT = "structured_splitters.py"
FOLDER = "packages/text-splitters/test/goldens"
SEED = 20261129

Case = dict[str, Any]


def snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def python_options(options: dict[str, Any]) -> dict[str, Any]:
    return {snake(name): value for name, value in options.items()}


def some(rng: random.Random, choices: dict[str, list[Any]], share: float = 0.4) -> dict[str, Any]:
    """Some of the options, each with one of its values."""
    return {name: rng.choice(values) for name, values in choices.items() if rng.random() < share}


def join(rng: random.Random, parts: list[str], most: int) -> str:
    return "".join(rng.choices(parts, k=rng.randint(0, most)))


# --- sentences ---


class LetterEmbeddings(Embeddings):
    """Counts code points by their remainder; the tests have the same. Whole numbers, so that every order of additions agrees."""

    def embed_query(self, text: str) -> list[float]:
        vector = [0.0] * 7
        for character in text:
            vector[ord(character) % 7] += 1
        return vector

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]


SENTENCES = [
    "Tea is hot. ", "Coffee is hot too! ", "Glaciers move slowly.\n", "Why? ", "Zzz... ", "A.", "한국어 문장입니다. ", "👍👍! ", "\n\n", "e.g. this. ",
    "No end ", "1.5 m. ", "你好。", "The quick brown fox jumps over the lazy dog.  ", "?! ", "\u3000. ", "Tea is hot. ", "x. y. z. ",
]  # fmt: skip
KINDS = {"percentile": [0, 50, 80, 95, 100, 33.3], "standard_deviation": [0, 0.5, 1, 3, -1], "interquartile": [0, 0.5, 1.5, -0.5],
         "gradient": [0, 50, 90, 95, 100]}  # fmt: skip


def semantic_case(rng: random.Random) -> Case:
    parts = SENTENCES if rng.random() < 0.7 else rng.sample(SENTENCES, 3)
    text = join(rng, parts, rng.choice([3, 12, 60]))
    kind = rng.choice(list(KINDS))
    options: dict[str, Any] = {"breakpointThresholdType": kind}
    if rng.random() < 0.6:
        options["breakpointThresholdAmount"] = rng.choice(KINDS[kind])
    options |= some(rng, {"bufferSize": [0, 1, 2, 5], "minChunkSize": [1, 20, 60, 500]}, 0.3)
    options |= some(rng, {"numberOfChunks": [1, 2, 3, 7, 50], "sentenceSplitRegex": [r"\s+", r"\.", r"(?<=。)", r"([.?!])\s*"]}, 0.15)
    return {"text": text, "options": options, "chunks": SemanticChunker(LetterEmbeddings(), **python_options(options)).split_text(text)}


# --- Markdown syntax ---

MARKDOWN = [
    "# A\n", "## B\n", "### C \n", "#### D\n", "###### F\n", "####### G\n", "#\n", "#x\n", " # in\n", "text\n", "  more  \n", "\n", "\n", "```\n",
    "```js\n", "~~~ py \n", "``` x ```\n", "---\n", "***\n", "_____\n", "--\n", "--- \n", "---\r\n", "# R\r\n", "# E\r", "a\u2028b\n", "tab\there\x0b",
    "\x1c", "\x85", "\u3000\n", "# \n", "# 👍 한\n", "- item\n", "| a | b |\n", "no end", "# no end", "code()", "#\u00a0nbsp\n", "__proto__\n",
]  # fmt: skip
MARKDOWN_OPTIONS = {
    "headersToSplitOn": [[["#", "H1"], ["##", "H2"]], [["###", "Same"], ["#", "Same"]], [["##", None], ["#", "Title"]], []],
    "returnEachLine": [True],
    "stripHeaders": [False],
}


def markdown_case(rng: random.Random) -> Case:
    text = join(rng, MARKDOWN if rng.random() < 0.7 else rng.sample(MARKDOWN, 6), 25)
    options = some(rng, MARKDOWN_OPTIONS)
    documents = ExperimentalMarkdownSyntaxTextSplitter(**python_options(options)).split_text(text)
    return {"text": text, "options": options, "chunks": [[one.page_content, one.metadata] for one in documents]}


# --- JSX, Vue, Svelte ---

JSX = [
    "import React from 'react';\n", "\nexport default ", "export const a = 1;", "\nfunction App() {\n", "\nasync function f() ", " async function g()", "\nconst x = ",
    "\nlet y = 2;", "\nvar z;", "\nclass Foo extends Bar {", " class ", " if (a < b) {", "\nif (a > b) ", "\nfor (;;) ", " while (1) ", "\nswitch (k) {\n",
    " case 1:", " default :", "\n  return (\n", "<div className=\"a\">", "</div>", "<App />", "<  Foo prop={1}>", "<a.b>", "<h1>", "</h1>", "<>", "</>", "<p", ">",
    "{ok &&\n", "a ||\n", "\n\n", "<template>\n", "</template>\n", "<script setup>\n", "</script>", "{#if x}", "{/if}", "<style scoped>", " text 한 👍 ", "\u3000",
    "Array<string>", "i<n; i++", "<\n\tdiv>", "<div", "<divider>", "x".rjust(30, "x"),
]  # fmt: skip
JSX_OPTIONS = {
    "separators": [["\n\n"], ["<p", " "], [], ["👍"], ["\n", ""]],
    "chunkSize": [5, 10, 30, 80, 200],
    "keepSeparator": [False, True, "start", "end"],
    "stripWhitespace": [False],
}


def jsx_case(rng: random.Random) -> Case:
    text = join(rng, JSX if rng.random() < 0.7 else rng.sample(JSX, 8), 60)
    options = {"chunkSize": 20, **some(rng, JSX_OPTIONS, 0.5)}
    if rng.random() < 0.5:
        options["chunkOverlap"] = rng.randrange(options["chunkSize"])
    return {"text": text, "options": options, "chunks": JSFrameworkTextSplitter(**python_options(options)).split_text(text)}


# --- JSON ---

KEYS = ["a", "b", "name", "10", "2", "", "한", "👍", 'quote"', "back\\", "line\n", "\x7f", "__proto__", "constructor", "a long key of many letters"]
SCALARS: list[Any] = [
    0, 1, -1, 42, 10**15, 10**16, 2**53 + 1, -(10**25), 1.0, -0.0, 0.1, 1.5e300, 1e16, 1e15, 123456789.125, 1e-4, 1e-5, 5e-324, 1e22, 1e23, 2.5e-7, -1.25,
    True, False, None, "", "text", "é", "한국어 문장", "👍👩\u200d💻", "\u2028\u0085\x00\x1f", 'a "quoted" text\t\\', "x" * 60, "lorem ipsum " * 8,
]  # fmt: skip


def json_value(rng: random.Random, depth: int) -> Any:
    kind = rng.random()
    if depth == 0 or kind < 0.35:
        return rng.choice(SCALARS)
    if kind < 0.55:
        return [json_value(rng, depth - 1) for _ in range(rng.randint(0, 6))]
    return {key: json_value(rng, depth - 1) for key in rng.sample(KEYS, rng.randint(0, 7))}


def json_case(rng: random.Random) -> Case:
    data = {key: json_value(rng, rng.choice([1, 1, 2, 4])) for key in rng.sample(KEYS, rng.randint(0, 5))}
    options = {"maxChunkSize": rng.choice([1, 20, 50, 100, 300, 2000])}
    if rng.random() < 0.5:
        options["minChunkSize"] = rng.choice([0, 1, 10, 50, 100])
    call = some(rng, {"convertLists": [True], "ensureAscii": [False]})
    chunks = RecursiveJsonSplitter(**python_options(options)).split_text(data, **python_options(call))
    return {"text": json.dumps(data, ensure_ascii=rng.random() < 0.5), "options": options, "call": call, "chunks": chunks}


# --- HTML ---

HTML = [
    "<!DOCTYPE html>\n", "<html>", "<head><title>T</title></head>", "<body>", "<body class=x>\n", "</body>", "</html>", "<h1>One</h1>", "<h1>", "</h1>", "<h2>Two <b>bold</b></h2>\n",
    "<h2 id='a'>", "</h2>", "<h3>Three</h3>", "<H1 CLASS=b>Upper</H1>", "<h4></h4>", "<p>", "</p>", "<p>Para.</p>\n", "<div>", "</div>", "<div class=\"c\">\n  ", "<br>", "<br/>", "</br>",
    "<hr />", "<img src=x alt='a > b'>", "<ul>\n<li>item", "<li>", "</li></ul>", "<table><tr><td>cell", "</td></tr></table>", "<pre>  keep\n  space </pre>", "<pre>", "</pre>",
    "<textarea> </textarea>", "<script>var a = '<h1>no</h1>' && 1;</script>", "<style>h1 { }</style>", "<!-- comment -->", "<!---->", "<!-- <h1>x</h1> -->", "text", " more text ",
    "\n", "  ", "\u00a0", "&nbsp;", "&amp;", "&lt;h1&gt;", "&copy", "&copy;", "&#8364;", "&#x41;", "&#150;", "&#0;", "&foo;", "&notin;", "AT&T ", " & ", "한국어 ", "👍", "\u3000",
    "<span style='font-size: 24px'>Big</span>", "<span style=\"font-size:12px\">Small</span>", "<p style='font-size:32px;color:red'>Huge</p>", "<a href=\"u?a=1&b=2\">link</a>", "<b>", "</b>", "<i>it</i>",
    "<section>", "</section>", "<article>", "</article>", "<span>", "</span>", "<title>t</title>", "<template><p>in</p></template>", "<ruby>a<rt>b</rt></ruby>", "<my-tag>x</my-tag>", "<svg/>",
    "<dl><dt>term<dd>def</dl>", "<form><input><button>go</button></form>", "<select><option>1<option>2</select>", "<center>", "<h1><h2>nested</h2></h1>", "<p><h1>in p</h1></p>",
]  # fmt: skip
# What nobody writes on purpose.
BROKEN = [
    "<", ">", "a < b", "a <b", "<>", "</>", "</ p>", "<p", "<p class", "<p class=", "<p class='x", "<a href=\"x", "\"", "'", "<div/ >", "<div //>", "<a b=='c'>", "<a b= 'c>", "<1>", "<!>",
    "<!x>", "<?php echo 1 ?>", "<?", "<![CDATA[x]]>", "<![if IE]>", "<![endif]>", "<!-- open", "--", "-->", "</p", "</p x>", "</h1 >", "<h1 <p>", "&", "&#", "&#;", "&#x", "&#12", "&a", "&#65a",
    "&amp", "&lt", "<script>", "</script>", "<style>", "<script", "\x00", "<a\x00b>", "<p =x>", "<p a=1'b>", "<p a='1'b=2>", "</body><p>after", "<html><html>", "</html>tail", "<body><h1>again</h1>",
    "<b><p>cross</b></p>", "<table><p>in table</table>", "<li>alone", "<td>alone", "\r\n", "\x0b", "\x1c", "<plaintext>", "<textarea><b>", "<title><b>", "&ampx;", "&#99999999;", "&#xD800;",
]  # fmt: skip


def html_text(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.4:
        return join(rng, HTML, 30)
    if kind < 0.7:
        return join(rng, HTML + BROKEN, 30)
    if kind < 0.8:
        return join(rng, HTML, 6) + join(rng, BROKEN, 4) + join(rng, HTML, 6)
    if kind < 0.9:
        return join(rng, rng.sample(HTML + BROKEN, 8), 20)
    return f"<html><head><title>T</title></head>\n<body>\n{join(rng, HTML, 25)}</body>\n</html>\n"


HTML_HEADERS = [
    [["h1", "Header 1"], ["h2", "Header 2"], ["h3", "Header 3"]], [["h2", "B"], ["h1", "A"]], [["h1", "Same"], ["h2", "Same"]], [["h3", "C"]], [],
    [["h1", "A"], ["h2", "B"], ["h3", "C"], ["h4", "D"], ["h5", "E"], ["h6", "F"]],
]  # fmt: skip


def html_header_case(rng: random.Random) -> Case:
    while True:
        text = html_text(rng)
        options = {"headersToSplitOn": rng.choice(HTML_HEADERS), **some(rng, {"returnEachElement": [True]})}
        headers = [tuple(header) for header in options["headersToSplitOn"]]
        splitter = HTMLHeaderTextSplitter(headers, return_each_element=options.get("returnEachElement", False))
        try:
            documents = splitter.split_text(text)
        except Exception as error:  # Beautiful Soup gives up on some.
            if type(error).__name__ != "ParserRejectedMarkup":
                raise
            continue
        return {"text": text, "options": options, "chunks": [[one.page_content, one.metadata] for one in documents]}


def html_section_case(rng: random.Random) -> Case:
    while True:
        text = html_text(rng)
        # Python looks "h1" up for the text before the first header.
        options = {"headersToSplitOn": [pair for pair in rng.choice(HTML_HEADERS) if pair[0] != "h1"] + [["h1", "H1"]]}
        splitter = HTMLSectionSplitter([tuple(header) for header in options["headersToSplitOn"]])
        try:
            documents = splitter.split_text(text)
        except Exception as error:  # No document, markup that Beautiful Soup rejects, a "body" behind a header.
            if type(error).__name__ not in ("ParserRejectedMarkup", "XMLSyntaxError", "XSLTApplyError", "ValueError", "KeyError"):
                raise
            continue
        return {"text": text, "options": options, "chunks": [[one.page_content, one.metadata] for one in documents]}


# --- the files ---

EXPERIMENTAL = ["langchain-experimental", "langchain-core", "numpy"]
SPLITTERS = ["langchain-text-splitters", "langchain-core"]
# By name: what makes a case, how many the golden file has, and the libraries in its certificate.
FILES: dict[str, tuple[Callable[[random.Random], Case], int, list[str]]] = {
    "semantic-chunker": (semantic_case, 50, EXPERIMENTAL),
    "markdown-syntax": (markdown_case, 110, SPLITTERS),
    "js-framework": (jsx_case, 55, SPLITTERS),
    "html-header": (html_header_case, 75, [*SPLITTERS, "beautifulsoup4"]),
    "html-section": (html_section_case, 75, [*SPLITTERS, "beautifulsoup4", "lxml"]),
    "json": (json_case, 16, SPLITTERS),
}


def cases(name: str, count: int, seed: int) -> list[Case]:
    rng = random.Random(f"{seed} {name}")
    make = FILES[name][0]
    return [make(rng) for _ in range(count)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[*FILES, []], help="golden files to write; all if none is named")
    parser.add_argument("--count", type=int, help="cases to make")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--to", type=Path, help="write plain cases here instead of the golden file")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    for name in given.names or FILES:
        _, count, libraries = FILES[name]
        made = cases(name, given.count or count, given.seed)
        if given.to:
            given.to.write_text(json.dumps(made), encoding="utf-8")
        else:
            write_golden(f"{FOLDER}/{name}.json", SCRIPT, libraries, made, python=platform.python_version())


if __name__ == "__main__":
    main()
