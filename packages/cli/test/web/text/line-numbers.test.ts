import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { lineNumbers } from "../../../web/src/text/line-numbers.js";

describe("lineNumbers", () => {
  it("returns the line at a place, as counting line breaks does", () => {
    const texts = fc.array(fc.constantFrom("a", "\n", "bc")).map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(9), (text, n, first) => {
        const place = n % (text.length + 1);
        expect(lineNumbers(text, first)(place)).toBe(first + text.slice(0, place).split("\n").length - 1);
      }),
    );
  });
});
