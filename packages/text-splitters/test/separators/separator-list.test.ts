import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { compileSeparator } from "../../src/separators/compile-separator.js";
import { SeparatorList } from "../../src/separators/separator-list.js";

describe("SeparatorList", () => {
  // Some overlap in the passages, some begin alike, one occurs twice.
  const raws = ["\nif ", "a.b", "b$(", "$(", "x|y", "\n+", "a.b", "\\", "if", "{2}", " ", ""];

  it("finds the same separator as a search for one after the other", () => {
    const passages = fc
      .array(fc.constantFrom("\n", "if ", "a.b", "a-b", "$(", "x", "|y", "\\", "{2}"))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(
        passages,
        fc.subarray(raws),
        fc.nat(raws.length),
        fc.boolean(),
        (passage, chosen, from, last) => {
          const separators = [...chosen, ...(last ? ["#"] : [])].map((raw) => compileSeparator(raw, false));
          const expected = separators.findIndex((one, index) => index >= from && one.occursIn(passage));
          const first = new SeparatorList(separators).firstIn(passage, from);
          expect(first).toBe(expected === -1 ? Math.max(from, separators.length) : expected);
        },
      ),
    );
  });

  it.each([
    ["the more important one further on", "if a.b \nif ", 0, 0],
    ["one that begins inside the one found", "a.b$(", 2, 2],
    ["the later of two that are the same", "a.b", 2, 6],
    ["none of them, where only the one before occurs", "\nif", 1, 8],
  ])("finds %s", (_, passage, from, expected) => {
    const list = new SeparatorList(raws.map((raw) => compileSeparator(raw, false)));
    expect(list.firstIn(passage, from)).toBe(expected);
  });
});
