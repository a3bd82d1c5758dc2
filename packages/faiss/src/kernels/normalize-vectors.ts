/**
 * Vectors scaled to unit length, as a new array of the same shape; zero vectors stay zero. Inner products of
 * normalised vectors are cosine similarities.
 */
export function normalizeVectors(vectors: Float32Array, dimensions: number): Float32Array {
  const normalized = new Float32Array(vectors.length);
  for (let start = 0; start < vectors.length; start += dimensions) {
    let squares = 0;
    for (let i = start; i < start + dimensions; i++) squares += vectors[i]! * vectors[i]!;
    if (squares === 0) continue;
    const scale = 1 / Math.sqrt(squares);
    for (let i = start; i < start + dimensions; i++) normalized[i] = vectors[i]! * scale;
  }
  return normalized;
}
