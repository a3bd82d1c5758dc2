import { WeightShapeError } from "../errors/weight-shape-error.js";
import { graphFeature } from "../graph/graph-features.js";
import { layerNorm as addLayerNorm } from "../graph/layers/layer-norm.js";
import { applyLayerNorm } from "./apply/apply-layer-norm.js";
import { mapVectors } from "./apply/map-vectors.js";
import type { ModuleKind } from "./module.js";

const TYPE = "LayerNorm";
/** torch.nn.LayerNorm's, which the module's configuration cannot change. */
const EPSILON = 1e-5;

/** Mean 0 and variance 1 over the sentence's vector, then scaled and shifted: [batch, width] → [batch, width]. */
export const layerNorm: ModuleKind = {
  type: TYPE,
  async load(files) {
    const weights = await files.openWeights();
    const shape = weights.shape("norm.weight");
    if (shape.length !== 1) throw new WeightShapeError("norm.weight", "a vector", `[${shape}]`);
    weights.checkShape("norm.bias", shape);
    return {
      type: TYPE,
      build(graph, features) {
        const x = graphFeature(features, "sentence_embedding", TYPE);
        const name = graph.weights.add(files.folder, weights.tensors);
        return { ...features, sentence_embedding: addLayerNorm(graph, x, `${name}/norm`, EPSILON) };
      },
      async apply() {
        const values = { weight: await weights.read("norm.weight"), bias: await weights.read("norm.bias") };
        return (features) => mapVectors(features, TYPE, (vector) => applyLayerNorm(values, vector, EPSILON));
      },
    };
  },
};
