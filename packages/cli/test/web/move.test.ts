import { describe, expect, it } from "@jest/globals";
import { moveOf } from "../../web/src/move.js";

describe("moveOf", () => {
  it("says how far a passage moved, and from where", () => {
    expect(moveOf(8, 1)).toEqual({ direction: "up", by: 7, text: "up 7, from 8th" });
    expect(moveOf(2, 3)).toEqual({ direction: "down", by: 1, text: "down 1, from 2nd" });
    expect(moveOf(1, 1)).toEqual({ direction: "same", by: 0, text: "stays 1st" });
    expect(moveOf(23, 11).text).toBe("up 12, from 23rd");
    expect(moveOf(undefined, 2).text).toBe("only here");
  });
});
