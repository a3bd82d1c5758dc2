import { BATCH_CANCELLED, BATCH_NEXT } from "./batch-layout";

/** Takes the next free item of a batch; returns `count` if there is none, or if the batch is cancelled. */
export function takeItem(batch: usize, count: i32): i32 {
  if (ASC_FEATURE_THREADS) {
    if (atomic.load<i32>(batch, BATCH_CANCELLED) != 0) return count;
    return min(atomic.add<i32>(batch, 1, BATCH_NEXT), count);
  }
  const item = load<i32>(batch, BATCH_NEXT);
  store<i32>(batch, item + 1, BATCH_NEXT);
  return min(item, count);
}
