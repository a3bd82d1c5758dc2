import type { VectorIndex } from "@secondpass/faiss";

/** Vectors at these positions (ascending) as one array: [positions, dimensions]. */
export function copyVectors(index: VectorIndex, positions: Uint32Array): Float32Array {
  const { dimensions } = index;
  const first = positions[0] ?? 0;
  const isRun = positions.length > 0 && positions.at(-1)! - first === positions.length - 1;
  if (isRun && index.labelsArePositions) return index.reconstructN(first, positions.length);
  const vectors = new Float32Array(positions.length * dimensions);
  positions.forEach((position, i) => {
    vectors.set(index.reconstruct(position), i * dimensions);
  });
  return vectors;
}
