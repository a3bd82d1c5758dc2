import { describe, expect, it } from "@jest/globals";
import { halve } from "../../src/batching/halve.js";

describe("halve", () => {
  it("returns two halves, none of them empty, in order", () => {
    const batch = {
      pairs: [["q", "1"] as const, ["q", "2"] as const, ["q", "3"] as const],
      indices: [4, 7, 9],
    };
    expect(halve(batch).map(({ indices }) => indices)).toEqual([[4, 7], [9]]);
  });
});
