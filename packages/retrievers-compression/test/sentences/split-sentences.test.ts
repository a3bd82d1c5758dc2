import { describe, expect, it } from "@jest/globals";
import { InvalidOptionError } from "@secondpass/core";
import fc from "fast-check";
import { sentenceSegmenter, sentenceText, splitSentences } from "../../src/sentences/split-sentences.js";

const segmenter = sentenceSegmenter("en");
const split = async (text: string) =>
  (await splitSentences(text, segmenter)).map(({ start, end }) => text.slice(start, end));

describe("splitSentences", () => {
  it.each([
    ["It keeps pages. Does it? Yes!", ["It keeps pages.", "Does it?", "Yes!"]],
    [
      "Dr. J. Smith met Mrs. Doe at 3.14 p.m. in the U.S. office.",
      ["Dr. J. Smith met Mrs. Doe at 3.14 p.m. in the U.S. office."],
    ],
    ["A sentence that is\r\nwrapped. Another\rone.", ["A sentence that is\r\nwrapped.", "Another\rone."]],
    ["이것은 문장이다. 다음 문장이다!", ["이것은 문장이다.", "다음 문장이다!"]],
    ["这是缓存。它很快！", ["这是缓存。", "它很快！"]],
    ["他说。“好的。”然后开始吗？「はい。」", ["他说。", "“好的。”", "然后开始吗？", "「はい。」"]],
    ["See Fig. 3 and No. 4. It is a fig. Really.", ["See Fig. 3 and No. 4.", "It is a fig.", "Really."]],
    ["See https://a.example/b?c=d!e and stop? Yes!", ["See https://a.example/b?c=d!e and stop?", "Yes!"]],
    ["„Gut.“ Er ging. «Bien.» Oui.", ["„Gut.“", "Er ging.", "«Bien.»", "Oui."]],
    ["", []],
    [" \n\t\u3000 …\n***\n", []],
  ])("splits %j", async (text, expected) => {
    expect(await split(text)).toEqual(expected);
  });

  it("reads Markdown: headings, items, tables, quotes, code", async () => {
    const text = [
      "# Saving an index ##",
      "Call save. It writes",
      "two files.",
      "",
      "Options",
      "-------",
      "- `folder`: where. It must exist.",
      "  Or it is made.",
      "2. second",
      "| name | value |",
      "| --- | :-: |",
      "| k | 4 |",
      "> Quoted and",
      "> wrapped.",
      "***",
      "```js",
      "store.save(folder). Then();",
      "done();",
      "",
      "more();",
      "```",
      "After the code.",
    ].join("\n");
    expect(await split(text)).toEqual([
      "Saving an index",
      "Call save.",
      "It writes\ntwo files.",
      "Options",
      "`folder`: where.",
      "It must exist.",
      "Or it is made.",
      "second",
      "| name | value |",
      "| k | 4 |",
      "Quoted and\n> wrapped.",
      "store.save(folder). Then();\ndone();",
      "more();",
      "After the code.",
    ]);
    const headings = (await splitSentences(text, segmenter)).filter(({ isHeading }) => isHeading);
    expect(headings.map(({ start, end }) => text.slice(start, end))).toEqual(["Saving an index", "Options"]);
  });

  it("returns the text of a sentence on one line", () => {
    const text = "It writes\r\n> two files.";
    expect(sentenceText(text, { start: 0, end: text.length })).toBe("It writes two files.");
  });

  it("cuts sentences that are too long between words, but never a surrogate pair", async () => {
    const words = await split("word ".repeat(2000));
    expect(words.length).toBeGreaterThan(4);
    expect(words.every((part) => part.length <= 2000 && /^(?:word )*word$/.test(part))).toBe(true);
    const emojis = await split(`x${"😀".repeat(3000)}y`);
    expect(emojis.join("")).toMatch(/^x/);
    expect((await split(`a${"𐐷".repeat(3000)}`)).every((part) => !/\p{Cs}/u.test(part))).toBe(true);
  });

  it.each([
    [`${" ".repeat(300_000)}x`, 1],
    [`a${" ".repeat(300_000)}. b`, 2],
    [`# ${" #".repeat(200_000)} x`, 1],
    [`|${"-".repeat(300_000)}x`, 1],
    [`${"> ".repeat(200_000)}x`, 1],
  ])("takes time proportional to the text, %#", async (text, least) => {
    expect((await split(text)).length).toBeGreaterThanOrEqual(least);
  });

  it("splits a long paragraph as it splits its sentences alone", async () => {
    const sentences = Array.from(
      { length: 3000 },
      (_, i) => `Sentence number ${i} is about caches, e.g. this one.`,
    );
    expect(await split(sentences.join(" "))).toEqual(sentences);
  });

  it("makes separate sentences, in order, that have all words of the text", async () => {
    const part = fc.oneof(
      fc.constantFrom(
        ". ",
        "! ",
        "\n",
        "\r\n",
        "\n\n",
        "Dr. ",
        "。",
        " ",
        "😀",
        "\ud800",
        "\u2028",
        "“A.” ",
        "가",
        "1. ",
      ),
      fc.string({ maxLength: 5 }),
      fc.string({ unit: "grapheme", maxLength: 5 }),
    );
    const text = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(""));
    const words = (value: string) => value.replace(/[^\p{L}\p{N}]/gu, "");
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const sentences = await splitSentences(value, segmenter);
        let place = 0;
        for (const { start, end } of sentences) {
          expect(start).toBeGreaterThanOrEqual(place);
          expect(end).toBeGreaterThan(start);
          const sentence = value.slice(start, end);
          expect(sentence).toBe(sentence.trim());
          expect(sentence).toMatch(/[\p{L}\p{N}]/u);
          place = end;
        }
        // Numbers of items and the language of a fence are marks.
        if (/^[ \t]*(?:\d{1,9}[.)]|`{3}|~{3})/mu.test(value.replace(/[\r\u2028\u2029]/g, "\n"))) return;
        expect(words(sentences.map(({ start, end }) => value.slice(start, end)).join(""))).toBe(words(value));
      }),
    );
  });

  it("ends when the signal aborts, and throws if the language is invalid", async () => {
    await expect(splitSentences("A. B.", segmenter, AbortSignal.abort(new Error("stop")))).rejects.toThrow(
      "stop",
    );
    expect(() => sentenceSegmenter("not a language")).toThrow(InvalidOptionError);
  });
});
