import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { htmlText } from "../../src/corpus/html-text.js";
import { withUnixLines } from "../../src/corpus/located-text.js";

describe("a text with Unix lines", () => {
  it("knows where each character is in the source", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "bc", "\n", "\r\n", "\r", "\r\r\n", "😀")), (pieces) => {
        const source = pieces.join("");
        const { text, sourceIndex } = withUnixLines(source);
        expect(text).toBe(source.replace(/\r\n?/g, "\n"));
        for (let i = 0; i < text.length; i++) {
          const there = source[sourceIndex(i)];
          if (text[i] === "\n") expect(there).toMatch(/[\r\n]/);
          else expect(there).toBe(text[i]);
        }
        expect(sourceIndex(text.length)).toBe(source.length);
      }),
    );
  });
});

describe("the text of an HTML page", () => {
  it.each([
    ["<p>One <b>two</b>\n three</p><p>four", "One two three\n\nfour"],
    ["<ul><li>one<li>two</ul>after", "one\ntwo\n\nafter"],
    ["a<br>b<script>c</script><style>d</style><!-- e -->", "a\nb"],
    ["<head><title>Title</title><meta name=x></head><body>Text", "Title\n\nText"],
    ["<table><tr><td>1<td>2<tr><td>3</table>", "1 2\n3"],
    ["AT&amp;T &lt;3 &#8364;5 &unknown; 1 < 2", "AT&T <3 €5 &unknown; 1 < 2"],
    ["<svg><text>x</text></svg><p>y</p></div></script>z", "y\n\nz"],
    ["", ""],
    ["<", "<"],
  ])("of %j is %j", (html, text) => expect(htmlText(html).text).toBe(text));

  it("knows where each word is in the source, and never throws", () => {
    const piece = fc.constantFrom(
      "<p>",
      "</p>",
      "<b",
      ">",
      "word",
      "two words",
      " ",
      "\n",
      "&amp;",
      "&",
      "<!--",
      "-->",
      "<td>",
      "é😀",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const source = pieces.join("");
        const { text, sourceIndex } = htmlText(source);
        for (const { 0: word, index } of text.matchAll(/word|words|two|é😀/g)) {
          expect(source.slice(sourceIndex(index)).startsWith(word)).toBe(true);
        }
      }),
    );
  });
});
