import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { piecesOf } from "../../../web/src/text/pieces-of.js";

describe("piecesOf", () => {
  it("marks parts of a text", () => {
    expect(piecesOf("one two three", [{ start: 4, end: 7 }])).toEqual([
      { text: "one ", isMarked: false },
      { text: "two", isMarked: true },
      { text: " three", isMarked: false },
    ]);
  });

  it("shows the whole text once, and marks exactly what is inside a mark", () => {
    const mark = fc.tuple(fc.nat(20), fc.nat(20)).map(([start, length]) => ({ start, end: start + length }));
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.array(mark), (text, marks) => {
        const pieces = piecesOf(text, marks);
        expect(pieces.map((piece) => piece.text).join("")).toBe(text);
        const marked = pieces.flatMap((piece) =>
          [...piece.text].flatMap((c) => Array(c.length).fill(piece.isMarked)),
        );
        const expected = [...Array(text.length).keys()].map((i) =>
          marks.some(({ start, end }) => start <= i && i < end),
        );
        expect(marked).toEqual(expected);
      }),
    );
  });
});
