import type { ActivationFunction } from "./activation-function.js";

/** The weights of a Dense module. */
export interface DenseWeights {
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** [outFeatures, inFeatures], row-major, as torch stores it. */
  readonly weight: Float32Array;
  /** [outFeatures] */
  readonly bias: Float32Array | undefined;
  readonly activation: ActivationFunction;
  /** Added after the activation: the input itself, or its projection by a matrix [outFeatures, inFeatures]; nothing if undefined. */
  readonly residual: "input" | Float32Array | undefined;
}

/** activation(weight · x + bias) + residual: [inFeatures] → [outFeatures]. */
export function applyDense(dense: DenseWeights, vector: Float32Array): Float32Array {
  const out = dense.activation(project(dense.weight, vector, dense.bias));
  if (dense.residual === undefined) return out;
  const residual = dense.residual === "input" ? vector : project(dense.residual, vector, undefined);
  return out.map((x, i) => x + residual[i]!);
}

function project(weight: Float32Array, vector: Float32Array, bias: Float32Array | undefined): Float32Array {
  const width = vector.length;
  const out = new Float32Array(weight.length / width);
  for (let row = 0; row < out.length; row++) {
    let sum = bias ? bias[row]! : 0;
    for (let i = 0; i < width; i++) sum += weight[row * width + i]! * vector[i]!;
    out[row] = sum;
  }
  return out;
}
