import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { buildGraph } from "../../src/graph/build-graph.js";
import { floats, type GoldenBatch, type GoldenTensor, runGraph } from "./run-graph.js";

interface GraphCase {
  readonly name: string;
  readonly model: string;
  readonly patch?: Readonly<Record<string, unknown>>;
  readonly batch: string;
  readonly hidden?: GoldenTensor;
  readonly logits?: GoldenTensor;
}

const MODELS = join(__dirname, "../fixtures/models");
const golden: { batches: Record<string, GoldenBatch>; cases: GraphCase[] } = JSON.parse(
  readFileSync(join(__dirname, "../goldens/models/graph.json"), "utf8"),
);

/** Largest difference from PyTorch's logits that counts as equal. */
const LOGIT_TOLERANCE = 1e-4;
/** Smallest cosine between a token's vector and PyTorch's. */
const MIN_COSINE = 0.99999;

function open(test: GraphCase) {
  const folder = join(MODELS, test.model);
  const config = JSON.parse(readFileSync(join(folder, "config.json"), "utf8"));
  const weightFiles = readdirSync(folder)
    .filter((name) => name.endsWith(".safetensors"))
    .map((name) => join(folder, name));
  return { config: { ...config, ...test.patch }, weightFiles };
}

describe("A graph built from config.json and model.safetensors", () => {
  const cases = golden.cases;

  it.each(cases.filter((c) => c.logits))("gives PyTorch's logits: $name", async (test) => {
    const graph = await buildGraph({ ...open(test), task: "classify" });
    const expected = floats(test.logits as GoldenTensor);
    const actual = await runGraph(graph, golden.batches[test.batch] as GoldenBatch);
    expect(actual).toHaveLength(expected.length);
    const worst = Math.max(...expected.map((value, i) => Math.abs(value - (actual[i] ?? Number.NaN))));
    expect(worst).toBeLessThan(LOGIT_TOLERANCE);
  });

  it.each(cases.filter((c) => c.hidden))("gives PyTorch's hidden states: $name", async (test) => {
    const { shape } = test.hidden as GoldenTensor;
    const [, tokens = 0, width = 0] = shape;
    const expected = floats(test.hidden as GoldenTensor);
    const batch = golden.batches[test.batch] as GoldenBatch;
    const all = await runGraph(await buildGraph({ ...open(test), task: "encode" }), batch);
    const first = await runGraph(
      await buildGraph({ ...open(test), task: "encode", firstTokenOnly: true }),
      batch,
    );
    let compared = 0;
    for (const [b, mask] of batch.attention_mask.entries()) {
      for (const t of mask.flatMap((on, i) => (on === 1 ? [i] : []))) {
        const at = (b * tokens + t) * width;
        const token = expected.subarray(at, at + width);
        expect(cosine(token, all.subarray(at, at + width))).toBeGreaterThan(MIN_COSINE);
        if (t === 0)
          expect(cosine(token, first.subarray(b * width, (b + 1) * width))).toBeGreaterThan(MIN_COSINE);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(20);
  });
});

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) =>
    x.reduce((sum, value, i) => sum + value * (y[i] ?? Number.NaN), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
