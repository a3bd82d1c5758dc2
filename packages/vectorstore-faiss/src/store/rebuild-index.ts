import type { VectorIndex } from "../index/vector-index.js";
import { createIndex } from "./create-index.js";
import type { IndexOption } from "./index-option.js";
import type { PositionMap } from "./position-map.js";
import type { LongOperationOptions } from "./store-progress.js";

/** A new index of the same kind that holds only the vectors of positions that are not removed. */
export async function rebuildIndex(
  index: VectorIndex,
  positions: PositionMap,
  option: IndexOption,
  { signal, onProgress }: LongOperationOptions,
): Promise<VectorIndex> {
  const { dimensions } = index;
  const live: number[] = [];
  for (let position = 0; position < positions.length; position++) {
    if (!positions.isRemoved(position)) live.push(position);
  }
  const vectors = new Float32Array(live.length * dimensions);
  live.forEach((position, i) => {
    vectors.set(index.reconstruct(position), i * dimensions);
  });
  const rebuilt = createIndex(option, dimensions, index.metric, live.length);
  if (!rebuilt.isTrained) await rebuilt.train(vectors, { signal });
  await rebuilt.add(vectors, {
    signal,
    onProgress: (done, total) => onProgress?.({ step: "index", done, total }),
  });
  return rebuilt;
}
