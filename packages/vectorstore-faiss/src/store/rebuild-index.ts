import { IndexHNSWFlat } from "../index/index-hnsw-flat.js";
import { IndexIVFFlat } from "../index/index-ivf-flat.js";
import { UnsupportedOperationError } from "../index/unsupported-operation-error.js";
import type { VectorIndex } from "../index/vector-index.js";
import { addInChunks, rowsPerChunk } from "./add-in-chunks.js";
import type { PositionMap } from "./position-map.js";
import type { LongOperationOptions } from "./store-progress.js";

/**
 * A new index like the given one that holds only the vectors of positions that are not removed. Graphs are built anew.
 * @throws UnsupportedOperationError for kinds that this package cannot build
 */
export async function rebuildIndex(
  index: VectorIndex,
  positions: PositionMap,
  options: LongOperationOptions,
): Promise<VectorIndex> {
  const rebuilt = await emptyLike(index);
  const live = positions.livePositions();
  const { dimensions } = index;
  const rows = rowsPerChunk(dimensions);
  for (let start = 0; start < live.length; start += rows) {
    const chunk = live.subarray(start, start + rows);
    const vectors = new Float32Array(chunk.length * dimensions);
    chunk.forEach((position, i) => {
      vectors.set(index.reconstruct(position), i * dimensions);
    });
    await addInChunks(rebuilt, vectors, {
      signal: options.signal,
      onProgress: ({ done }) =>
        options.onProgress?.({ step: "index", done: start + done, total: live.length }),
    });
  }
  return rebuilt;
}

/** An index of the same kind and parameters without vectors. */
async function emptyLike(index: VectorIndex): Promise<VectorIndex> {
  if (index instanceof IndexHNSWFlat)
    return new IndexHNSWFlat(index.dimensions, { metric: index.metric }, index);
  if (index instanceof IndexIVFFlat) {
    // Its centroids stay.
    const copy = await index.clone();
    await copy.removeIds(Array.from({ length: index.ntotal }, (_, label) => label));
    return copy;
  }
  throw new UnsupportedOperationError(
    index.kind,
    "giving up vectors",
    "Load the store's documents into a new store.",
  );
}
