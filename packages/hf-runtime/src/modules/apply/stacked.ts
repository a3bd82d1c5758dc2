/** Copies vectors of the same width into one tensor: [rows][width] → [rows, width]. */
export function stacked(vectors: readonly Float32Array[]) {
  const width = vectors[0]?.length ?? 0;
  const data = new Float32Array(vectors.length * width);
  for (const [row, vector] of vectors.entries()) data.set(vector, row * width);
  return { data, dims: [vectors.length, width] };
}
