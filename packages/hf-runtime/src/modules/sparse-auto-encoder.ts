import { workSlices } from "@secondpass/core";
import { graphFeature } from "../graph/graph-features.js";
import { float32MatMul } from "../graph/layers/linear.js";
import { applyDense } from "./apply/apply-dense.js";
import { feature } from "./apply/feature.js";
import { stacked } from "./apply/stacked.js";
import { type SparseAutoEncoderJson, sparseAutoEncoderJson } from "./config/sparse-auto-encoder-json.js";
import type { Module, ModuleKind } from "./module.js";

const TYPE = "SparseAutoEncoder";
const FEATURE = "sentence_embedding";
/** Python's default for `k`. */
const DEFAULT_ACTIVE_DIMS = 8;
/** Added to the standard deviation that a vector is divided by. */
const EPSILON = 1e-5;

/**
 * Turns a dense vector into a wide one (CSR): relu((x - pre_bias) · weightᵀ + latent_bias), [batch, width] → [batch, hidden]. The model's end
 * decides which numbers to keep.
 */
export const sparseAutoEncoder: ModuleKind = {
  type: TYPE,
  config: sparseAutoEncoderJson,
  async load(files, { k, normalize }: SparseAutoEncoderJson): Promise<Module> {
    const weights = await files.openWeights();
    const [outFeatures, inFeatures] = weights.matrixShape("encoder.weight");
    weights.checkShape("pre_bias", [inFeatures]);
    weights.checkShape("latent_bias", [outFeatures]);
    return {
      type: TYPE,
      reads: [FEATURE],
      output: { feature: FEATURE },
      width: () => outFeatures,
      activeDims: k ?? DEFAULT_ACTIVE_DIMS,
      build(graph, features) {
        const { graph: nodes } = graph;
        const name = graph.weights.add(files.folder, weights.tensors);
        let x = graphFeature(features, FEATURE, TYPE);
        if (normalize) {
          const centred = nodes.op("Sub", [x, nodes.op("ReduceMean", [x], { axes: [1], keepdims: 1 })]);
          const length = nodes.op("ReduceL2", [centred], { axes: [1], keepdims: 1 });
          const deviation = nodes.op("Mul", [length, nodes.float32(1 / Math.sqrt(inFeatures - 1))]);
          x = nodes.op("Div", [centred, nodes.op("Add", [deviation, nodes.float32(EPSILON)])]);
        }
        const shifted = nodes.op("Sub", [x, graph.weight(`${name}/pre_bias`, 1)]);
        const product = float32MatMul(graph, shifted, `${name}/encoder.weight`);
        const sum = nodes.op("Add", [product, graph.weight(`${name}/latent_bias`, 1)]);
        return { ...features, [FEATURE]: nodes.op("Relu", [sum]) };
      },
      async apply() {
        const preBias = await weights.read("pre_bias");
        const dense = {
          inFeatures,
          outFeatures,
          weight: await weights.read("encoder.weight"),
          bias: await weights.read("latent_bias"),
          activation: (values: Float32Array) => values.map((value) => Math.max(value, 0)),
          residual: undefined,
        };
        return async (features) => {
          const { data, dims } = feature(features, FEATURE, TYPE);
          const slices = workSlices();
          const vectors: Float32Array[] = [];
          for (let row = 0; row < dims[0]!; row++) {
            if (slices.due()) await slices.pause();
            const vector = (data as Float32Array).subarray(row * inFeatures, (row + 1) * inFeatures);
            const x = normalize ? standardized(vector) : vector;
            vectors.push(
              applyDense(
                dense,
                x.map((value, i) => value - preBias[i]!),
              ),
            );
          }
          return { ...features, [FEATURE]: stacked(vectors) };
        };
      },
    };
  },
};

/** Shifts a vector to mean 0 and divides it by the sample standard deviation. */
function standardized(vector: Float32Array): Float32Array {
  const mean = vector.reduce((sum, x) => sum + x, 0) / vector.length;
  const squares = vector.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (vector.length - 1));
  return vector.map((x) => (x - mean) / (deviation + EPSILON));
}
