import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { markdownShape } from "../../../web/src/text/markdown-shape.js";
import { isBranch, type Leaf, plainTextOf, type Shape, sliceOf } from "../../../web/src/text/shape.js";

/** Writes a shape as a text, with its kinds in angle brackets. */
function drawn(shape: Shape, text: string): string {
  if (!isBranch(shape)) return shape.shown ?? text.slice(shape.start, shape.end);
  const inside = shape.children.map((child) => drawn(child, text)).join("");
  const name = shape.kind === "heading" ? `h${shape.level}` : shape.kind;
  return shape.kind === "document" ? inside : inside === "" ? `<${name}>` : `<${name} ${inside}>`;
}

const draw = (text: string, isWhole = false) => drawn(markdownShape(text, isWhole), text);

function leavesOf(shape: Shape): Leaf[] {
  return isBranch(shape) ? shape.children.flatMap(leavesOf) : [shape];
}

describe("markdownShape", () => {
  it.each([
    ["## Saving *and* `loading`", "<h2  Saving <emphasis and> <inline-code loading>>"],
    ["Setext\n===", "<h1 Setext\n>"],
    ["a **b *c*** ~~d~~", "<paragraph a <strong b <emphasis c>> <deleted d>>"],
    [
      "[words](http://a.example 'title') and [](http://b.example)",
      "<paragraph <link words> and <link http://b.example>>",
    ],
    ["<http://a.example> ![cat](cat.png)", "<paragraph <link <link http://a.example>> <image cat>>"],
    ["a[i] [*b*][c] []", "<paragraph a[i] [<emphasis b>][c] []>"],
    ["- a\n- [x] b", "<bullets <item • <paragraph a>><item • <paragraph ☑ b>>>"],
    ["7. a\n   b", "<numbers <item 7. <paragraph a\n   b>>>"],
    ["> said\n> so", "<quote <paragraph said\n so>>"],
    ["```js\na();\n\nb();\n```", "<code a();\n\nb();>"],
    ["- x\n\n  ```\n  one\n    two\n  ```", "<bullets <item • <paragraph x><code one\n  two>>>"],
    ["    one\n    two", "<code one\ntwo>"],
    [
      "| a | b |\n|---|---|\n| `c` | d |",
      "<table <head <cell a><cell b>><row <cell <inline-code c>><cell d>>>",
    ],
    [
      "| a | | b |\n|---|---|---|\n| 1 | 2 | |",
      "<table <head <cell a><cell><cell b>><row <cell 1><cell 2><cell>>>",
    ],
    ["a &amp; b &#x41; &nosuch; \\*c\\*", "<paragraph a & b A &nosuch; *c*>"],
    [
      "a <b onclick='x'>c</b> <!-- d -->",
      "<paragraph a <inline-raw <b onclick='x'>>c<inline-raw </b>> <inline-raw <!-- d -->>>",
    ],
    ["<script>\nalert(1)\n</script>", "<raw <script>\nalert(1)\n</script>>"],
    ["***", "<rule>"],
    ["one  \ntwo", "<paragraph one<break>two>"],
  ])("gives %j its shape", (text, expected) => {
    expect(draw(text)).toBe(expected);
  });

  it("recognizes front matter at the beginning of a file", () => {
    const text = "---\ntitle: a\n---\n# b\n";
    expect(draw(text, true)).toBe("<code title: a\n><h1  b>");
    expect(draw(text)).toContain("<h2 title: a");
    expect(draw("---\n---\ntext", true)).toBe("<code><paragraph text>");
  });

  const pieces = fc.constantFrom(
    ...["# ", "## ", "**", "*", "_", "`", "```\n", "~~", "- ", "1. ", "> ", "    ", "| ", " | ", "|---|\n"],
    ...[
      "\n",
      "\n\n",
      "\r\n",
      "\\",
      "<b>",
      "[",
      "]",
      "!",
      "---\n",
      "===\n",
      "one",
      "two",
      "세 ",
      "4",
      "😀",
      "\t",
    ],
  );
  const texts = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(""));

  it("keeps places: every shown part is in the text, in its order, once", () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.string()), fc.boolean(), (text, isWhole) => {
        let at = 0;
        for (const { start, end } of leavesOf(markdownShape(text, isWhole))) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThanOrEqual(start);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it("shows every word", () => {
    const words = (text: string) => text.match(/one|two|세|😀/g) ?? [];
    fc.assert(
      fc.property(texts, (text) => {
        // The text after a code block's opening fence is the code's language.
        const clean = text.replaceAll(/(`{3,}|~{3,})[^\n]*/g, "$1");
        expect(words(plainTextOf(markdownShape(clean), clean))).toEqual(words(clean));
      }),
    );
  });

  it("can be cut anywhere: the parts together show the same as the whole", () => {
    fc.assert(
      fc.property(texts, fc.nat(), (text, place) => {
        const shape = markdownShape(text);
        const cut = place % (text.length + 1);
        const shown = (part: Shape | undefined) =>
          part === undefined
            ? ""
            : leavesOf(part)
                .filter((leaf) => leaf.shown === undefined)
                .map(({ start, end }) => text.slice(start, end))
                .join("");
        const parts = shown(sliceOf(shape, 0, cut)) + shown(sliceOf(shape, cut, text.length));
        expect(parts).toBe(shown(shape));
      }),
    );
  });

  it("survives extremely deep nesting", () => {
    const text = `${"> ".repeat(3000)}deep`;
    expect(plainTextOf(markdownShape(text), text)).toContain("deep");
  });
});
