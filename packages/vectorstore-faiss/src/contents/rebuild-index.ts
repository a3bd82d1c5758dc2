import { workSlices } from "@secondpass/core";
import { UnsupportedOperationError, type VectorIndex } from "@secondpass/faiss";
import { copyVectors } from "./copy-vectors.js";
import type { PositionMap } from "./position-map.js";
import type { LongOperationOptions } from "./store-progress.js";
import { rowsPerPiece } from "./vector-pieces.js";

/**
 * A new index like the given one that holds only the vectors of positions that are not removed. Graphs are built again.
 * If it fails or is aborted, nothing has changed.
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
  const rebuilt = await index.emptyCopy?.();
  if (rebuilt === undefined) {
    throw new UnsupportedOperationError(
      index.kind,
      "giving up vectors",
      "Load the store's documents into a new store.",
    );
  }
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
