import { describe, expect, it } from "@jest/globals";
import { padBatch } from "../../src/batch/pad-batch.js";

const inputs = [
  { index: 7, encoding: { ids: Int32Array.of(1, 2, 3), typeIds: Int32Array.of(0, 1, 1), truncated: false } },
  { index: 4, encoding: { ids: Int32Array.of(5), typeIds: Int32Array.of(1), truncated: false } },
];

describe("padBatch", () => {
  it("pads on the right to the longest", () => {
    expect(padBatch(inputs, { padId: 9, paddingSide: "right" })).toEqual({
      rows: 2,
      tokens: 3,
      inputIds: Int32Array.of(1, 2, 3, 5, 9, 9),
      attentionMask: Int32Array.of(1, 1, 1, 1, 0, 0),
      typeIds: Int32Array.of(0, 1, 1, 1, 0, 0),
      indices: [7, 4],
      allThreads: false,
    });
  });

  it("pads on the left if the tokenizer does", () => {
    expect(padBatch(inputs, { padId: 9, paddingSide: "left" })).toMatchObject({
      inputIds: Int32Array.of(1, 2, 3, 9, 9, 5),
      attentionMask: Int32Array.of(1, 1, 1, 0, 0, 1),
      typeIds: Int32Array.of(0, 1, 1, 0, 0, 1),
    });
  });
});
