import { afterAll, describe, expect, it } from "@jest/globals";
import { ModelFolders } from "@secondpass/test-kit";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { loadEncoder } from "../../src/load-encoder.js";
import { readGoldens, rowsOf } from "../support/goldens.js";

/** Largest difference from PyTorch's float32, in logits. */
const LOGIT_TOLERANCE = 1e-4;
/** Minimum cosine against PyTorch's float32. */
const MIN_COSINE = 0.99999;

const goldens = readGoldens();
const folders = new ModelFolders();
afterAll(() => folders.remove());

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

function largestDifference(a: readonly ArrayLike<number>[], b: readonly ArrayLike<number>[]): number {
  const differences = a.flatMap((row, i) => Array.from(row, (value, j) => Math.abs(value - b[i]![j]!)));
  return Math.max(...differences);
}

describe("vectors are sentence-transformers'", () => {
  it.each(goldens.encoders)("for $name", async (golden) => {
    await using encoder = await loadEncoder({
      model: folders.folder(golden.model),
      threads: 1,
      worker: false,
    });
    const vectors = await encoder.embed(golden.texts, golden.options);
    const expected = rowsOf(golden.vectors, golden.dimensions);
    expect(encoder.dimensions).toBe(golden.dimensions);
    expect(vectors).toHaveLength(golden.texts.length);
    for (const [i, vector] of vectors.entries()) {
      expect(cosine(vector, expected[i]!)).toBeGreaterThanOrEqual(MIN_COSINE);
    }
    // Compare lengths too: pooling by sums or square roots only changes the length.
    expect(largestDifference(vectors, expected)).toBeLessThan(LOGIT_TOLERANCE);
  });
});

describe("logits, scores and ranking are sentence-transformers'", () => {
  it.each(goldens.crossEncoders)("for $name", async (golden) => {
    const model = folders.folder(golden.model);
    await using crossEncoder = await loadCrossEncoder({ model, threads: 1, worker: false });
    expect(crossEncoder.numLabels).toBe(golden.labels);
    expect(crossEncoder.activation).toBe(golden.activation.toLowerCase());
    const logits = await crossEncoder.logits(golden.pairs, golden.options);
    expect(largestDifference(logits, golden.logits)).toBeLessThan(LOGIT_TOLERANCE);
    const scores = await crossEncoder.predict(golden.pairs, golden.options);
    expect(
      largestDifference(
        scores,
        golden.scores.map((score) => [score].flat()),
      ),
    ).toBeLessThan(LOGIT_TOLERANCE);
    if (golden.softmax) {
      const softmax = await crossEncoder.predict(golden.pairs, {
        ...golden.options,
        activation: "softmax",
      });
      expect(largestDifference(softmax, golden.softmax)).toBeLessThan(LOGIT_TOLERANCE);
    }
    if (golden.ranking) {
      const query = golden.pairs[0]![0];
      const ofQuery = logits.filter((_, i) => golden.pairs[i]![0] === query).map((row) => row[0]!);
      expect([...ofQuery.keys()].sort((a, b) => ofQuery[b]! - ofQuery[a]!)).toEqual(golden.ranking);
    }
  });
});
