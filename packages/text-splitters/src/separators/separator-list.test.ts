import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { compileSeparator } from "./compile-separator.js";
import { SeparatorList } from "./separator-list.js";

describe("SeparatorList", () => {
  it("finds the most important separator that occurs, as looking for one after the other does", () => {
    const raws = ["\nif ", "a.b", "$(", "x|y", "\n+", "\\", "{2}", " ", ""];
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
});
