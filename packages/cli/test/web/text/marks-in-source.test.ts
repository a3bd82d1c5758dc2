import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { marksInSource } from "../../../web/src/text/marks-in-source.js";

describe("marksInSource", () => {
  it("finds a part of a passage in its source with any line ends", () => {
    const sources = fc.array(fc.constantFrom("a", "\n", "\r\n", "bc")).map((parts) => parts.join(""));
    fc.assert(
      fc.property(sources, fc.nat(), fc.nat(), (source, a, b) => {
        const passage = source.replaceAll("\r\n", "\n");
        const [start = 0, end = 0] = [a, b].map((n) => n % (passage.length + 1)).sort((x, y) => x - y);
        const [mark] = marksInSource(passage, source, [{ start, end }]);
        const found = source.slice(mark?.start, mark?.end).replaceAll("\r\n", "\n");
        expect(found.replaceAll("\r", "")).toBe(passage.slice(start, end));
      }),
    );
  });

  it("marks nothing in another text", () => {
    expect(marksInSource("Tea", "<p>Tea</p>", [{ start: 0, end: 3 }])).toEqual([]);
  });
});
