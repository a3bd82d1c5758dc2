import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { loadCrossEncoder, loadEncoder } from "@secondpass/hf-runtime";
import { EMBEDDER_PATH, RERANKER_PATH } from "../src/index.js";

/** Vectors and logits of sentence-transformers from the same files; tools/oracle/mini_models.py. */
const cases = readCases<{
  texts: string[];
  vectors: number[][];
  pairs: [string, string][];
  scores: number[];
  logits: number[];
}>("mini-models.json");

/** Those of transformers.js, null if it reads other tokens; bench/mini/write-transformers-js-golden.mjs. */
const theirs = readCases<{ vectors: (number[] | null)[]; logits: (number | null)[] }>("transformers-js.json");

function readCases<T>(name: string): T {
  return JSON.parse(readFileSync(join(__dirname, "goldens", name), "utf8")).cases;
}

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
  it("embed as sentence-transformers and transformers.js do", async () => {
    await using encoder = await loadEncoder({ model: EMBEDDER_PATH, weights, threads: 1 });
    const vectors = await encoder.embed(cases.texts);
    expect(theirs.vectors.filter(Boolean)).toHaveLength(cases.texts.length - 1);
    for (const [i, vector] of vectors.entries()) {
      expect(cosine(vector, cases.vectors[i] as number[])).toBeGreaterThan(0.99999);
      expect(cosine(vector, theirs.vectors[i] ?? vector)).toBeGreaterThan(0.99999);
    }
  });

  it("score as sentence-transformers and transformers.js do", async () => {
    await using reranker = await loadCrossEncoder({ model: RERANKER_PATH, weights, threads: 1 });
    const logits = await reranker.logits(cases.pairs);
    const scores = await reranker.predict(cases.pairs);
    expect(theirs.logits.filter((logit) => logit !== null)).toHaveLength(cases.pairs.length - 2);
    for (const i of cases.pairs.keys()) {
      const logit = logits[i]?.[0] as number;
      expect(Math.abs(logit - (cases.logits[i] as number))).toBeLessThan(1e-4);
      expect(Math.abs(logit - (theirs.logits[i] ?? logit))).toBeLessThan(1e-4);
      expect(Math.abs((scores[i]?.[0] as number) - (cases.scores[i] as number))).toBeLessThan(1e-4);
    }
  });
});
