/** Smallest length that a vector is divided by, as in torch.nn.functional.normalize, so that the zero vector stays zero. */
export const MIN_LENGTH = 1e-12;

/** The vector scaled to Euclidean length 1, as a new array. */
export function unitVector(vector: Float32Array): Float32Array {
  const length = Math.max(Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0)), MIN_LENGTH);
  return vector.map((x) => x / length);
}
