import { checkRows } from "../checks/check-vectors.js";

/**
 * Vectors scaled to unit length, as a new array of the same shape; zero vectors stay zero. Inner products of
 * normalised vectors are cosine similarities.
 *
 * @param vectors row after row: [vectors, dimensions]. Convert a list of arrays by `Float32Array.from(rows.flat())`
 * @throws InvalidArgumentError if `vectors` is not a Float32Array, or `dimensions` not a whole number of at least 1
 * @throws DimensionMismatchError if `vectors` does not have whole rows
 */
export function normalizeVectors(vectors: Float32Array, dimensions: number): Float32Array {
  checkRows(vectors, dimensions, "vectors");
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
