import { WeightShapeError } from "../errors/weight-shape-error.js";
import { graphFeature } from "../graph/graph-features.js";
import { layerNorm as addLayerNorm } from "../graph/layers/layer-norm.js";
import { applyLayerNorm } from "./apply/apply-layer-norm.js";
import { mapVectors } from "./apply/map-vectors.js";
import type { ModuleKind } from "./module.js";

const TYPE = "LayerNorm";
/** The feature that it reads and writes. */
const SENTENCE = "sentence_embedding";
const NAMES = { type: TYPE, input: SENTENCE, output: SENTENCE };
/** torch.nn.LayerNorm's default, which the module's configuration cannot change. */
const EPSILON = 1e-5;

/** Normalises the text's vector to mean 0 and variance 1, then scales and shifts it: [batch, width] → [batch, width]. */
export const layerNorm: ModuleKind = {
  type: TYPE,
  async load(files) {
    const weights = await files.openWeights();
    const shape = weights.shape("norm.weight");
    if (shape.length !== 1) throw new WeightShapeError("norm.weight", "a vector", `[${shape}]`);
    weights.checkShape("norm.bias", shape);
    return {
      type: TYPE,
      reads: [SENTENCE],
      output: { feature: SENTENCE },
      build(graph, features) {
        const x = graphFeature(features, SENTENCE, TYPE);
        const name = graph.weights.add(files.folder, weights.tensors);
        return { ...features, [SENTENCE]: addLayerNorm(graph, x, `${name}/norm`, EPSILON) };
      },
      async apply() {
        const values = { weight: await weights.read("norm.weight"), bias: await weights.read("norm.bias") };
        return (features) => mapVectors(features, NAMES, (vector) => applyLayerNorm(values, vector, EPSILON));
      },
    };
  },
};
