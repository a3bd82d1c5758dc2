import { UnsupportedOperationError, type VectorIndex } from "@secondpass/faiss";
import type { PositionMap } from "./position-map.js";
import type { LongOperationOptions } from "./store-progress.js";

/**
 * A new index like the given one that holds only the vectors of positions that are not removed. Graphs are mended or built again; codes stay as
 * they are. If it fails or is aborted, nothing has changed.
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
      "giving up vectors",
      "Load the store's documents into a new store.",
    );
  }
  return index.without(positions.removedPositions(), {
    signal,
    onProgress: (done, total) => onProgress?.({ step: "index", done, total }),
  });
}
