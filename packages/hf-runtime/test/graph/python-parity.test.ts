import { describe, expect, it } from "@jest/globals";
import { buildGraph } from "../../src/graph/build-graph.js";
import { batchOf, cosine, floats, golden, modelOf, runGraph } from "./run-graph.js";

/** Smallest cosine between a token's vector and PyTorch's. */
const MIN_COSINE = 0.99999;

describe("A graph built from config.json and model.safetensors", () => {
  const { cases } = golden;

  it.each(
    cases
      .filter((test) => test.hidden)
      .flatMap((test) => [
        { ...test, way: "at once", options: {} },
        { ...test, way: "in blocks", options: { longTexts: { padded: 3, whole: 6, block: 5 } } },
        { ...test, way: "by standard operators", options: { operators: "standard" } as const },
      ]),
  )("gives PyTorch's hidden states, queries $way: $name", async ({ options, ...test }) => {
    const [, tokens = 0, width = 0] = test.hidden?.shape ?? [];
    const expected = floats(test.hidden);
    const batch = batchOf(test);
    const source = { ...modelOf(test), task: "encode", ...options } as const;
    const all = await runGraph(await buildGraph(source), batch);
    const first = await runGraph(await buildGraph({ ...source, firstTokenOnly: true }), batch);
    expect(first).toHaveLength(batch.input_ids.length * width);
    let compared = 0;
    for (const [b, mask] of batch.attention_mask.entries()) {
      for (const t of mask.flatMap((on, i) => (on === 1 ? [i] : []))) {
        const at = (b * tokens + t) * width;
        const token = expected.subarray(at, at + width);
        expect(cosine(token, all.subarray(at, at + width))).toBeGreaterThan(MIN_COSINE);
        if (t === 0) {
          expect(cosine(token, first.subarray(b * width, (b + 1) * width))).toBeGreaterThan(MIN_COSINE);
        }
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(20);
  });
});
