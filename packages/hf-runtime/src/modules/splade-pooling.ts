import { workSlices } from "@secondpass/core";
import { graphFeature } from "../graph/graph-features.js";
import { log1p } from "../graph/layers/log1p.js";
import { feature } from "./apply/feature.js";
import type { Features } from "./apply/features.js";
import { type SpladePoolingJson, spladePoolingJson } from "./config/splade-pooling-json.js";
import type { Module, ModuleKind } from "./module.js";

const TYPE = "SpladePooling";
const INPUT = "token_embeddings";
const OUTPUT = "sentence_embedding";

/**
 * Turns a masked language model's logits into weights of the vocabulary: log(1 + relu(logit)), or the same logarithm twice, then the maximum
 * or sum over the tokens. [batch, tokens, vocabulary] → [batch, vocabulary].
 */
export const spladePooling: ModuleKind = {
  type: TYPE,
  config: spladePoolingJson,
  load: (_, config: SpladePoolingJson) => spladePoolingOf(config),
};

/** Makes the module from its settings. */
export async function spladePoolingOf({
  pooling_strategy,
  activation_function,
}: SpladePoolingJson): Promise<Module> {
  const sums = pooling_strategy === "sum";
  const logarithms = activation_function === "log1p_relu" ? 2 : 1;
  return {
    type: TYPE,
    reads: [INPUT],
    readsTokens: true,
    output: { feature: OUTPUT, names: [OUTPUT], per: "text" },
    build(graph, features) {
      const { graph: nodes } = graph;
      const logits = graphFeature(features, INPUT, TYPE);
      const mask = nodes.op("Unsqueeze", [graph.floatMask, nodes.int64s([2])]);
      const masked = nodes.op("Mul", [logits, mask]);
      const dampened = (x: string) => {
        let value = nodes.op("Relu", [x]);
        for (let i = 0; i < logarithms; i++) value = log1p(graph, value);
        return value;
      };
      // The largest logit has the largest weight, so it is enough to take the logarithm of that one.
      const pooled = sums
        ? nodes.op("ReduceSum", [dampened(masked), nodes.int64s([1])], { keepdims: 0 })
        : dampened(nodes.op("ReduceMax", [masked], { axes: [1], keepdims: 0 }));
      return { ...features, [OUTPUT]: pooled };
    },
    apply: async () => async (features) => ({
      ...features,
      [OUTPUT]: await pooled(features, sums, logarithms),
    }),
  };
}

async function pooled(features: Features, sums: boolean, logarithms: number) {
  const { data, dims } = feature(features, INPUT, TYPE);
  const mask = feature(features, "attention_mask", TYPE).data;
  const [rows = 0, tokens = 0, width = 0] = dims;
  const weights = new Float32Array(rows * width);
  const slices = workSlices();
  for (let token = 0; token < rows * tokens; token++) {
    if (slices.due()) await slices.pause();
    if (!mask[token]) continue;
    const row = Math.floor(token / tokens) * width;
    for (let i = 0; i < width; i++) {
      let weight = data[token * width + i]!;
      // NaN is not skipped, so that it reaches the result.
      if (weight <= 0) continue;
      for (let n = 0; n < logarithms; n++) weight = Math.log1p(weight);
      const before = weights[row + i]!;
      weights[row + i] = sums ? before + weight : Math.max(before, weight);
    }
  }
  return { data: weights, dims: [rows, width] };
}
