import { describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { InvalidOptionError, SecondpassError, UnknownOptionError } from "@secondpass/core";
import { highlight } from "../src/index.js";

const document = (highlights?: unknown) =>
  new Document({
    pageContent: "1 < 2. It is. So?",
    metadata: highlights === undefined ? {} : { highlights },
  });
const marks = [
  { start: 0, end: 6, score: 1 },
  { start: 14, end: 17, score: 0.5 },
];

describe("highlight", () => {
  it("marks the ranges in the metadata", () => {
    expect(highlight(document(marks))).toBe("**1 < 2.** It is. **So?**");
    expect(highlight(document([]))).toBe("1 < 2. It is. So?");
    expect(highlight(document())).toBe("1 < 2. It is. So?");
  });

  it("accepts marks and an escape function for each part", () => {
    const html = highlight(document(marks), {
      before: "<mark>",
      after: "</mark>",
      escape: (text) => text.replaceAll("<", "&lt;"),
    });
    expect(html).toBe("<mark>1 &lt; 2.</mark> It is. <mark>So?</mark>");
  });

  it.each([
    "all",
    [{ start: 0, end: 99 }],
    [{ start: 4, end: 2 }],
    [{ start: -1, end: 2 }],
    [{ start: 0.5, end: 2 }],
    [null],
    [{}],
    [
      { start: 4, end: 6 },
      { start: 5, end: 7 },
    ],
  ])("names highlights that do not fit: %j", (highlights) => {
    expect(() => highlight(document(highlights))).toThrow("Expected metadata.highlights to be a list");
    expect(() => highlight(document(highlights))).toThrow(SecondpassError);
  });

  it("throws for unknown options", () => {
    expect(() => highlight(document(marks), { befor: "*" } as never)).toThrow(UnknownOptionError);
    expect(() => highlight(document(marks), { before: 1 } as never)).toThrow(InvalidOptionError);
  });
});
