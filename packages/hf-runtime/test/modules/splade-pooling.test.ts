import { describe, expect, it } from "@jest/globals";
import type { ModuleFiles } from "../../src/modules/config/module-files.js";
import { spladePooling } from "../../src/modules/splade-pooling.js";

const log = Math.log1p;
/** Two texts of two tokens; the second token of the second text is padding. */
const features = {
  token_embeddings: { data: Float32Array.of(1, -2, 3, 1e-9, 2, 0.5, 9, 9), dims: [2, 2, 2] },
  attention_mask: { data: Int32Array.of(1, 1, 1, 0), dims: [2, 2] },
};
const pooled = async (config: object) => {
  const module = await spladePooling.load({} as ModuleFiles, config, {
    config: {},
    transformer: { task: "fill-mask", feature: "token_embeddings" },
  });
  const { sentence_embedding } = await (await module.apply!())(features);
  return sentence_embedding;
};

// test/loaders/sparse-encoder.test.ts compares the module in a graph with Python.
describe("SpladePooling outside a graph", () => {
  it.each([
    [{}, [log(3), 1e-9, log(2), log(0.5)]],
    [{ activation_function: "log1p_relu" }, [log(log(3)), 1e-9, log(log(2)), log(log(0.5))]],
    [{ pooling_strategy: "sum" }, [log(1) + log(3), 1e-9, log(2), log(0.5)]],
  ])("dampens and pools the values that are not padding: %j", async (config, expected) => {
    const { data, dims } = (await pooled(config))!;
    expect(dims).toEqual([2, 2]);
    for (const [i, value] of expected.entries()) expect(data[i]! / value).toBeCloseTo(1, 6);
  });
});
