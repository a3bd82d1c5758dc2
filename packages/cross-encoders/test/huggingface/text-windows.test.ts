import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { textWindows } from "../../src/huggingface/text-windows.js";

/** Counts one token for each word and each other character, and four for the query. */
const countTokens = (text: string) => 4 + (text.match(/[a-z]+|[^a-z\s]/gu) ?? []).length;

const words = (count: number) =>
  Array.from({ length: count }, (_, i) => `word${"abcdefghij"[i % 10]}`).join(" ");

describe("textWindows", () => {
  it("keeps a text that fits", () => {
    expect(textWindows("a short text", { countTokens, maxTokens: 7 })).toEqual(["a short text"]);
    expect(textWindows("", { countTokens, maxTokens: 1 })).toEqual([""]);
  });

  it("cuts between words and repeats a part of each window in the next", () => {
    const windows = textWindows(words(40), { countTokens, maxTokens: 14 });
    expect(windows.length).toBeGreaterThan(4);
    for (const window of windows)
      expect(
        window
          .trim()
          .split(" ")
          .every((word) => word.length === 5),
      ).toBe(true);
    for (const [i, window] of windows.slice(1).entries()) {
      expect((windows[i] as string).endsWith(window.slice(0, 6))).toBe(false);
      expect(windows[i]).toContain(window.slice(0, 6));
    }
  });

  it("keeps a text of which not one character fits", () => {
    expect(textWindows(words(9), { countTokens, maxTokens: 4 })).toEqual([words(9)]);
  });

  it("makes windows that fit, cover the text in order and never split a surrogate pair", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", "b", " ", "\n", "😀", "ü", ",", "日"),
      maxLength: 120,
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 5, max: 30 }), (given, maxTokens) => {
        const windows = textWindows(given, { countTokens, maxTokens });
        let covered = 0;
        for (const window of windows) {
          expect(countTokens(window)).toBeLessThanOrEqual(maxTokens);
          expect(window).not.toMatch(/\p{Surrogate}/u);
          // No gap: it starts at the end of the window before, or earlier.
          const start = given.lastIndexOf(window, covered);
          expect(start).toBeGreaterThanOrEqual(0);
          covered = Math.max(covered, start + window.length);
        }
        expect(covered).toBe(given.length);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
