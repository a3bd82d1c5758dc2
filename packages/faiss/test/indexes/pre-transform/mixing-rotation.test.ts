import { describe, expect, it } from "@jest/globals";
import { randomVectors } from "@secondpass/test-kit";
import fc from "fast-check";
import { IndexFlat } from "../../../src/indexes/flat/index-flat.js";
import { IndexPreTransform } from "../../../src/indexes/pre-transform/index-pre-transform.js";
import {
  canMix,
  isMixingRotation,
  mixingRotation,
  mixingRotationBytes,
} from "../../../src/indexes/pre-transform/mixing-rotation.js";
import { readIndex } from "../../../src/indexes/read-index.js";
import { indexToBytes } from "../../../src/indexes/write-index.js";

const dimensions = fc
  .integer({ min: 17, max: 100 })
  .map((quarter) => 4 * quarter)
  .filter(canMix);

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

describe("a mixing rotation", () => {
  it("keeps inner products, and has a way back", () => {
    fc.assert(
      fc.property(dimensions, fc.integer({ min: 1, max: 1 << 20 }), (d, seed) => {
        const [a, b] = [randomVectors(1, d, seed), randomVectors(1, d, seed + 1)];
        const rotation = mixingRotation(d);
        const [turnedA, turnedB] = [rotation.apply(a), rotation.apply(b)];
        expect(dot(turnedA, turnedB)).toBeCloseTo(dot(a, b), 3);
        const back = rotation.reverse!(turnedA);
        for (let i = 0; i < d; i++) expect(back[i]).toBeCloseTo(a[i]!, 4);
      }),
      { numRuns: 30 },
    );
  });

  it("spreads a single element over all", () => {
    const unit = new Float32Array(384);
    unit[7] = 1;
    const largest = mixingRotation(384)
      .apply(unit)
      .reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    // A random unit vector's largest element is below 4.5 / sqrt(384) but once in a thousand.
    expect(largest).toBeLessThan(4.5 / Math.sqrt(384));
  });

  it("rotates vectors alone as together", () => {
    const rotation = mixingRotation(96);
    const vectors = randomVectors(5, 96, 1);
    const together = rotation.applyAll!(vectors);
    for (let i = 0; i < 5; i++) {
      expect(rotation.apply(vectors.slice(i * 96, (i + 1) * 96))).toEqual(
        together.slice(i * 96, (i + 1) * 96),
      );
    }
  });

  it("is the matrix in its file, and recognised by it", async () => {
    const d = 72;
    const inner = new IndexFlat(d, "l2");
    const index = new IndexPreTransform([mixingRotation(d)], inner, () => mixingRotationBytes(d));
    const vectors = randomVectors(20, d, 2);
    await index.add(vectors);
    const bytes = await indexToBytes(index);
    const read = (await readIndex(bytes)) as IndexPreTransform;
    expect(read.chain[0]!.applyAll).toBeDefined();
    expect(await read.search(vectors, 3)).toEqual(await index.search(vectors, 3));
    expect(await indexToBytes(read)).toEqual(bytes);
    // The matrix begins behind the index's header of 33 bytes, the length of the chain, the tag, a bool and a count.
    const matrix = new Float32Array(bytes.slice(37 + 4 + 4 + 1 + 8).buffer, 0, d * d);
    expect(await isMixingRotation(d, matrix)).toBe(true);
    const turned = mixingRotation(d).apply(vectors.slice(0, d));
    for (let row = 0; row < d; row++) {
      expect(dot(matrix.subarray(row * d, (row + 1) * d), vectors.slice(0, d))).toBeCloseTo(turned[row]!, 4);
    }
    matrix[5] = 0;
    expect(await isMixingRotation(d, matrix)).toBe(false);
  });
});
