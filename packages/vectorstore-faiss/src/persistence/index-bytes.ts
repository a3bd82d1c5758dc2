import { workSlices } from "@secondpass/core";
import { emptyIndexBytes, writeIndex } from "@secondpass/faiss";
import type { StoreContents } from "../contents/store-contents.js";
import type { LongOperationOptions } from "../contents/store-progress.js";

/** The bytes of a store's index file, in order. */
export async function* indexBytes(
  { index, metric }: StoreContents,
  { signal, onProgress }: LongOperationOptions,
): AsyncGenerator<Uint8Array> {
  if (index === undefined) {
    yield emptyIndexBytes(metric);
    return;
  }
  // The size of a flat index; other kinds are a little larger, which the last report shows.
  const total = index.ntotal * index.dimensions * 4;
  const slices = workSlices(signal);
  let done = 0;
  for await (const piece of writeIndex(index)) {
    signal?.throwIfAborted();
    yield piece;
    done += piece.length;
    onProgress?.({ step: "vectors", done, total: Math.max(done, total) });
    if (slices.due()) await slices.pause();
  }
}
