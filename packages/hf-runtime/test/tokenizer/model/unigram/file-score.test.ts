import { describe, expect, it } from "@jest/globals";
import { fileScore } from "../../../../src/tokenizer/model/unigram/file-score.js";

describe("fileScore", () => {
  it.each([
    [0, 0],
    [-1e-7, -1e-7],
    [-1.234567890123457e-5, -1.234567890123457e-5],
    [-10.705811500549316, -10.705811500549316],
    // From here on: the value, and the one that tokenizers 0.23.3 writes for it.
    [-9.527064323425293, -9.527064323425291],
    [-13.428229331970215, -13.428229331970217],
    [-7.2909384216523545, -7.290938421652355],
    [-123456789.12345679, -123456789.1234568],
  ])("reads %d as tokenizers does", (score, read) => {
    expect(fileScore(score)).toBe(read);
  });
});
