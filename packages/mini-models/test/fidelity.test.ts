import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { loadCrossEncoder, loadEncoder } from "@secondpass/hf-runtime";
import { EMBEDDER_PATH, RERANKER_PATH } from "../src/index.js";

/** What sentence-transformers makes of the same files; tools/oracle/mini_models.py. */
const { cases } = JSON.parse(readFileSync(join(__dirname, "goldens/mini-models.json"), "utf8")) as {
  cases: {
    texts: string[];
    vectors: number[][];
    pairs: [string, string][];
    scores: number[];
    logits: number[];
  };
};

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return dot / Math.sqrt(aa * bb);
}

describe.each(["safetensors", "onnx"] as const)("the mini models read from %s", (weights) => {
  it("embed as sentence-transformers does", async () => {
    await using encoder = await loadEncoder({ model: EMBEDDER_PATH, weights, threads: 1 });
    const vectors = await encoder.embed(cases.texts);
    for (const [i, vector] of vectors.entries()) {
      expect(cosine(vector, cases.vectors[i] as number[])).toBeGreaterThan(0.99999);
    }
  });

  it("score as sentence-transformers does", async () => {
    await using reranker = await loadCrossEncoder({ model: RERANKER_PATH, weights, threads: 1 });
    const logits = await reranker.logits(cases.pairs);
    const scores = await reranker.predict(cases.pairs);
    for (const i of cases.pairs.keys()) {
      expect(Math.abs((logits[i]?.[0] as number) - (cases.logits[i] as number))).toBeLessThan(1e-4);
      expect(Math.abs((scores[i]?.[0] as number) - (cases.scores[i] as number))).toBeLessThan(1e-4);
    }
  });
});
