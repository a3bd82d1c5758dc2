import { UnsupportedOperationError, type VectorIndex } from "@secondpass/faiss";
import type { PositionMap } from "./position-map.js";
import type { LongOperationOptions } from "./store-progress.js";

/**
 * A new index of the same kind that holds only the vectors of positions that are not removed. Graphs are repaired or built again; codes are
 * copied. If this fails or is aborted, nothing has changed.
 * @throws UnsupportedOperationError for kinds that this package cannot build
 */
export async function rebuildIndex(
  index: VectorIndex,
  positions: PositionMap,
  { signal, onProgress }: LongOperationOptions,
): Promise<VectorIndex> {
  if (index.without === undefined) {
    throw new UnsupportedOperationError(
      index.kind,
      "copying without some vectors",
      "Load the store's documents into a new store.",
    );
  }
  return index.without(positions.removedPositions(), {
    signal,
    onProgress: (done, total) => onProgress?.({ step: "index", done, total }),
  });
}
