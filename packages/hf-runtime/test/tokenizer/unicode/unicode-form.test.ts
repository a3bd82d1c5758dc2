import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { runSteps } from "../../../src/tokenizer/steps/run-steps.js";
import { normalizeMarks } from "../../../src/tokenizer/unicode/normalize-marks.js";
import { unicodeForm } from "../../../src/tokenizer/unicode/unicode-form.js";

const FORMS = ["NFC", "NFD", "NFKC", "NFKD"] as const;

/** Marks of many classes, marks that decompose or are composed with one another, jamo, bases, and letters that become marks. */
const characters = fc.constantFrom(
  ..."\u0301\u0316\u0327\u0334\u0345\u0344\u0308\u0300\u0340\u0341\u0343\u05b0\u05bc\u064b\u0651\u0670\u093c\u0f71\u0f72\u0f73\u0f74\u0f81",
  ..."\u3099\u309a\uff9e\uff9f\u302e\u09be\u09c7\u09d7\u0b3e\u1dce\u20d0\u035c\u0360\u{1d165}\u{1d16e}\u{11127}\u{11131}\u{1d15f}",
  ..."eaq é가각각뷁ｶカがΑᾳῼﬁÅ\u212b\u1e9b\u0323",
);

describe("normalizeMarks", () => {
  it.each(FORMS)("normalizes any text as V8 does, %s", (form) => {
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 40 }), (parts) => {
        const text = parts.join("");
        expect(runSteps(normalizeMarks(text, form))).toBe(text.normalize(form));
      }),
      { numRuns: 2000 },
    );
  });

  it.each(FORMS)("sorts every mark of Unicode into its class, %s", (form) => {
    const marks = Array.from({ length: 0x20000 }, (_, code) => code)
      .filter((code) => !(code >= 0xd800 && code <= 0xdfff))
      .map((code) => String.fromCodePoint(code))
      .filter((character) => /\p{M}/u.test(character));
    for (const mark of marks) {
      const text = `e\u0345\u0301${mark}\u0316\u0334${mark}\u05bc`;
      expect([text, runSteps(normalizeMarks(text, form))]).toEqual([text, text.normalize(form)]);
    }
  });
});

describe("unicodeForm", () => {
  it.each(FORMS)("normalizes long runs of marks between other text as V8 does, %s", (form) => {
    const run = fc.record({
      marks: fc.array(characters, { minLength: 1, maxLength: 6 }),
      times: fc.constantFrom(1, 80, 300),
    });
    fc.assert(
      fc.property(fc.array(run, { maxLength: 4 }), (runs) => {
        const text = runs.map(({ marks, times }) => marks.join("").repeat(times)).join("");
        expect(unicodeForm(text, form)).toBe(text.normalize(form));
      }),
      { numRuns: 100 },
    );
  });
});
