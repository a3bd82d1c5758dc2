import { describe, expect, it } from "@jest/globals";
import { loadCrossEncoder, loadEncoder } from "@secondpass/hf-runtime";
import { EMBEDDER_PATH, RERANKER_PATH } from "../src/index.js";

describe("the mini models", () => {
  it("embed a question near its answer, in 256 dimensions of length 1", async () => {
    await using encoder = await loadEncoder({ model: EMBEDDER_PATH, threads: 1 });
    const [question, answer, other] = (await encoder.embed([
      "What are the symptoms of asthma?",
      "Asthma causes wheezing, coughing and shortness of breath.",
      "The function returns a list of file names.",
    ])) as [Float32Array, Float32Array, Float32Array];
    const dot = (a: Float32Array, b: Float32Array) =>
      a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
    expect(encoder.dimensions).toBe(256);
    expect(dot(question, question)).toBeCloseTo(1, 5);
    expect(dot(question, answer)).toBeGreaterThan(dot(question, other) + 0.3);
  });

  it("score the passage that answers highest, between 0 and 1", async () => {
    await using reranker = await loadCrossEncoder({ model: RERANKER_PATH, threads: 1 });
    const query = "Who wrote the national anthem?";
    const scores = await reranker.predict([
      [query, "The national anthem was written by Francis Scott Key in 1814."],
      [query, "The national park was opened to visitors in 1872."],
      [query, "Bananas ripen faster in a paper bag."],
    ]);
    const [first, second, third] = scores.map(([score]) => score) as [number, number, number];
    expect(reranker.activation).toBe("sigmoid");
    expect(first).toBeGreaterThan(second);
    expect(second).toBeGreaterThan(third);
    expect(Math.max(first, second, third)).toBeLessThanOrEqual(1);
    expect(third).toBeGreaterThanOrEqual(0);
  });
});
