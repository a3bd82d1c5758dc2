import { describe, expect, it } from "@jest/globals";
import type { AnswerPassage } from "../../../web/src/api.js";
import { snippet } from "../../../web/src/text/snippet.js";

const PASSAGE: AnswerPassage = {
  id: "1",
  placeBefore: 1,
  firstPass: { score: 1 },
  source: "a.md",
  lines: { from: 9, to: 9 },
  startIndex: 90,
  endIndex: 99,
  format: "markdown",
  text: "",
};

describe("snippet", () => {
  it.each([
    ["## Saving\n\n`save` writes **two** files.", "Saving: save writes two files."],
    ["## Saving", "Saving"],
    ["## Why?\nBecause.", "Why? Because."],
    ["```\nText *after* code", "Text after code"],
    ["| `a` | first |\n| `b` | second |", "a first b second"],
    ["- one\n- two", "• one • two"],
    ["[](", "[]("],
    ["x".repeat(300), "x".repeat(160)],
  ])("of %j", (text, expected) => {
    expect(snippet({ ...PASSAGE, text })).toBe(expected);
  });

  it("uses the context before the text, and leaves plain text unchanged", () => {
    expect(snippet({ ...PASSAGE, text: "| 1 | *2* |", context: "| a | b |\n|---|---|\n" })).toBe("1 2");
    expect(snippet({ ...PASSAGE, text: "# a\n  *b*", format: "text" })).toBe("# a *b*");
  });
});
