import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { LineCounter } from "../../src/chunks/line-counter.js";

describe("LineCounter", () => {
  it("counts line feeds before positions in any order", () => {
    const text = fc.array(fc.constantFrom("a", "\n", "\r\n", "bc")).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.array(fc.nat(60)), (source, positions) => {
        const counter = new LineCounter(source);
        for (const wish of positions) {
          const position = Math.min(wish, source.length);
          expect(counter.lineAt(position)).toBe(source.slice(0, position).split("\n").length);
        }
      }),
    );
  });
});
