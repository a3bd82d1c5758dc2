import { IndexFlat } from "../index/index-flat.js";
import { IndexHNSWFlat } from "../index/index-hnsw-flat.js";
import { stateOf } from "../index/index-ivf.js";
import { IndexIVFFlat } from "../index/index-ivf-flat.js";
import { InvertedList } from "../index/inverted-list.js";
import { UnsupportedOperationError } from "../index/unsupported-operation-error.js";
import type { VectorIndex } from "../index/vector-index.js";
import { workSlices } from "../kernels/work-slices.js";
import { copyVectors } from "./copy-vectors.js";
import { createIndex } from "./create-index.js";
import type { PositionMap } from "./position-map.js";
import type { LongOperationOptions } from "./store-progress.js";
import { rowsPerPiece } from "./vector-pieces.js";

/**
 * A new index like the given one that holds only the vectors of positions that are not removed. Graphs are built anew.
 * When it fails or is aborted, nothing has changed.
 * @throws UnsupportedOperationError for kinds that this package cannot build
 */
export async function rebuildIndex(
  index: VectorIndex,
  positions: PositionMap,
  options: LongOperationOptions,
): Promise<VectorIndex> {
  const { signal, onProgress } = options;
  const slices = workSlices(signal);
  const live = await positions.livePositions(slices);
  const rebuilt = await emptyLike(index);
  const rows = rowsPerPiece(index.dimensions);
  try {
    await index.prepareReconstruct?.({ signal });
    for (let start = 0; start < live.length; start += rows) {
      const vectors = copyVectors(index, live.subarray(start, start + rows));
      if (slices.due()) await slices.pause();
      await rebuilt.add(vectors, {
        signal,
        onProgress: (done) => onProgress?.({ step: "index", done: start + done, total: live.length }),
      });
      if (slices.due()) await slices.pause();
    }
  } catch (error) {
    rebuilt.dispose();
    throw error;
  }
  return rebuilt;
}

/** An index of the same kind and parameters without vectors. */
async function emptyLike(index: VectorIndex): Promise<VectorIndex> {
  if (index instanceof IndexFlat) return createIndex({ kind: "flat" }, index.dimensions, index.metric, 0);
  if (index instanceof IndexHNSWFlat)
    return new IndexHNSWFlat(index.dimensions, { metric: index.metric }, index);
  if (index instanceof IndexIVFFlat) {
    // Its centroids stay.
    const quantizer = await index.quantizer.clone();
    const lists = index.lists.map(() => new InvertedList(index.codec.codeSize));
    return new IndexIVFFlat(index.dimensions, {}, { ...stateOf(index), quantizer, lists });
  }
  throw new UnsupportedOperationError(
    index.kind,
    "giving up vectors",
    "Load the store's documents into a new store.",
  );
}
