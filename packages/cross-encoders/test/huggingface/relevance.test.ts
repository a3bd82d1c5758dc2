import { describe, expect, it } from "@jest/globals";
import { activationFunction, orderByScore } from "@secondpass/core";
import fc from "fast-check";
import { type Relevance, relevanceScores } from "../../src/huggingface/relevance.js";

/** The relevance of one label with an activation. */
const relevance = (label: number, activation: string): Relevance => ({
  label,
  activation,
  activate: activationFunction(activation)!,
});

const logit = fc.float({ min: -15, max: 15, noNaN: true });

describe("relevanceScores", () => {
  it("distinguishes logits whose sigmoid is the same float32", () => {
    const rows = [Float32Array.of(18), Float32Array.of(20), Float32Array.of(19)];
    const { scores, sortKeys } = relevanceScores(rows, relevance(0, "sigmoid"));
    expect(scores).toEqual([1, 1, 1]);
    expect(orderByScore(sortKeys)).toEqual([1, 2, 0]);
  });

  it("distinguishes rows whose softmax is the same float32", () => {
    const rows = [Float32Array.of(-10, 10), Float32Array.of(-20, 20), Float32Array.of(-30, -10)];
    const { scores, sortKeys } = relevanceScores(rows, relevance(1, "softmax"));
    expect(scores).toEqual([1, 1, 1]);
    expect(orderByScore(sortKeys)).toEqual([1, 0, 2]);
  });

  it.each(["identity", "sigmoid", "tanh", "relu", "softmax", "gelu", "silu"])(
    "never orders against the score with %s",
    (activation) => {
      fc.assert(
        fc.property(fc.array(fc.tuple(logit, logit, logit), { minLength: 2, maxLength: 6 }), (values) => {
          const rows = values.map((row) => Float32Array.from(row));
          const { scores, sortKeys } = relevanceScores(rows, relevance(2, activation));
          const ordered = orderByScore(sortKeys).map((index) => scores[index] as number);
          // Softmax rounds to float32, so if two scores differ only in the last bits, the order by odds is more exact.
          ordered.slice(1).forEach((score, i) => {
            expect(score - (ordered[i] as number)).toBeLessThanOrEqual(activation === "softmax" ? 1.2e-7 : 0);
          });
        }),
        { seed: 1, numRuns: 200 },
      );
    },
  );
});
