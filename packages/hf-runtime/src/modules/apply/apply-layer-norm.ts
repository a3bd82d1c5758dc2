/** Weights of a LayerNorm module. */
export interface LayerNormWeights {
  /** [dimensions] */
  readonly weight: Float32Array;
  /** [dimensions] */
  readonly bias: Float32Array;
}

/** Normalises a vector to mean 0 and variance 1, then scales and shifts each dimension: [dimensions] → [dimensions]. */
export function applyLayerNorm(
  { weight, bias }: LayerNormWeights,
  vector: Float32Array,
  epsilon: number,
): Float32Array {
  const mean = vector.reduce((sum, x) => sum + x, 0) / vector.length;
  const variance = vector.reduce((sum, x) => sum + (x - mean) ** 2, 0) / vector.length;
  const deviation = Math.sqrt(variance + epsilon);
  return vector.map((x, i) => ((x - mean) / deviation) * weight[i]! + bias[i]!);
}
