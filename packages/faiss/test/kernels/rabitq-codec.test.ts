import { describe, expect, it } from "@jest/globals";
import { randomVectors } from "@secondpass/test-kit";
import { RaBitQCodec } from "../../src/kernels/rabitq-codec.js";

const DIMENSIONS = 40;
const COUNT = 50;
const [centre, query] = [randomVectors(1, DIMENSIONS, 1), randomVectors(1, DIMENSIONS, 2)];
const vectors = randomVectors(COUNT, DIMENSIONS, 3);

describe.each([
  [1, "l2"],
  [1, "inner_product"],
  [4, "l2"],
  [4, "inner_product"],
] as const)("codes of %d bits, by %s", (bits, metric) => {
  const codec = new RaBitQCodec(DIMENSIONS, bits, metric, 0, centre);
  const codes = new Uint8Array(COUNT * codec.codeSize);
  for (let row = 0; row < COUNT; row++) {
    const vector = vectors.slice(row * DIMENSIONS, (row + 1) * DIMENSIONS);
    codec.encode(vector, codes.subarray(row * codec.codeSize, (row + 1) * codec.codeSize));
  }

  it("score the same by tables of query and centre as by one of their difference", () => {
    const sumOf = codec.signSums(centre);
    const centreSums = Float32Array.from({ length: COUNT }, (_, row) => sumOf(codes, row));
    const bySums = codec.scorerBySums(query, codec.signSums(query), centreSums);
    const alone = codec.scorer(metric, query);
    for (const threshold of [-Infinity, alone(codes, 7, -Infinity)]) {
      for (let row = 0; row < COUNT; row++) {
        const [score, expected] = [bySums(codes, row, threshold), alone(codes, row, threshold)];
        if (Number.isNaN(expected)) expect(score).toBeNaN();
        else expect(score).toBeCloseTo(expected, 4);
      }
    }
  });
});
