/**
 * Counts of rows, which other threads read while rows are added: a thread that reads a count also sees everything written before it was published.
 * In a memory without threads, these are plain stores and loads.
 */
// @ts-ignore: decorator
@inline
export function publish(address: usize, count: i32): void {
  if (ASC_FEATURE_THREADS) atomic.store<i32>(address, count);
  else store<i32>(address, count);
}

/** Reads a count that `publish` writes. */
// @ts-ignore: decorator
@inline
export function published(address: usize): i32 {
  return ASC_FEATURE_THREADS ? atomic.load<i32>(address) : load<i32>(address);
}
