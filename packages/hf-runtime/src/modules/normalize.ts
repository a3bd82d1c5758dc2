import { graphFeature } from "../graph/graph-features.js";
import { mapVectors } from "./apply/map-vectors.js";
import { LEAST_LENGTH, unitVector } from "./apply/unit-vector.js";
import type { Module, ModuleKind } from "./module.js";

const TYPE = "Normalize";

const loaded: Module = {
  type: TYPE,
  build(graph, features) {
    const { graph: nodes } = graph;
    const x = graphFeature(features, "sentence_embedding", TYPE);
    const length = nodes.op("ReduceL2", [x], { axes: [1], keepdims: 1 });
    const divisor = nodes.op("Max", [length, nodes.float32(LEAST_LENGTH)]);
    return { ...features, sentence_embedding: nodes.op("Div", [x, divisor]) };
  },
  apply: async () => (features) => mapVectors(features, TYPE, unitVector),
};

/** The sentence's vector scaled to length 1: [batch, width] → [batch, width]. */
export const normalize: ModuleKind = { type: TYPE, load: async () => loaded };
