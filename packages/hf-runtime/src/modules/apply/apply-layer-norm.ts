/** Weights of a LayerNorm module. */
export interface LayerNormWeights {
  /** [dimensions] */
  readonly weight: Float32Array;
  /** [dimensions] */
  readonly bias: Float32Array;
}

/** Mean 0 and variance 1 over a vector, then scaled and shifted by dimension: [dimensions] → [dimensions]. */
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
