/**
 * The k best so far, the worst on top: { i32 size, i32 capacity, f64 floor } and then entries of { f64 score, u32 position,
 * 4 bytes of padding }. For equal scores the lower position is better. The floor is a score that the k best are known to
 * reach, although they are not all found yet; only `scanThreshold` uses it.
 */
const FLOOR: usize = 8;
const ENTRIES: usize = 16;
const ENTRY: usize = 16;

// @ts-ignore: decorator
@inline
function isWorse(score: f64, position: u32, otherScore: f64, otherPosition: u32): bool {
  return score < otherScore || (score == otherScore && position > otherPosition);
}

/** The lowest score that can enter the heap; -Infinity while there is room. */
// @ts-ignore: decorator
@inline
export function heapThreshold(heap: usize): f64 {
  return load<i32>(heap) < load<i32>(heap, 4) ? -Infinity : load<f64>(heap, ENTRIES);
}

/** The lowest score that can be among the k best; -Infinity while no bound is known. */
// @ts-ignore: decorator
@inline
export function scanThreshold(heap: usize): f64 {
  return max(heapThreshold(heap), load<f64>(heap, FLOOR));
}

/** Removes all entries, but keeps the score that the k best reach. */
export function heapRestart(heap: usize): void {
  store<f64>(heap, heapThreshold(heap), FLOOR);
  store<i32>(heap, 0);
}

/** The position of entry `i`; entries have no order. */
// @ts-ignore: decorator
@inline
export function heapPosition(heap: usize, i: i32): u32 {
  return load<u32>(heap + ENTRIES + <usize>i * ENTRY, 8);
}

export function heapSize(heap: usize): i32 {
  return load<i32>(heap);
}

// @ts-ignore: decorator
@inline
function put(entry: usize, score: f64, position: u32): void {
  store<f64>(entry, score);
  store<u32>(entry, position, 8);
}

export function heapPush(heap: usize, score: f64, position: u32): void {
  if (score != score) return; // NaN: rows of damaged files are never neighbours
  const size = load<i32>(heap);
  const entries = heap + ENTRIES;
  if (size < load<i32>(heap, 4)) {
    store<i32>(heap, size + 1);
    let i = size;
    while (i > 0) {
      const parent = entries + (<usize>((i - 1) >> 1)) * ENTRY;
      if (!isWorse(score, position, load<f64>(parent), load<u32>(parent, 8))) break;
      put(entries + <usize>i * ENTRY, load<f64>(parent), load<u32>(parent, 8));
      i = (i - 1) >> 1;
    }
    put(entries + <usize>i * ENTRY, score, position);
    return;
  }
  if (size == 0 || !isWorse(load<f64>(entries), load<u32>(entries, 8), score, position)) return;
  let i = 0;
  while (true) {
    let c = 2 * i + 1;
    if (c >= size) break;
    let child = entries + <usize>c * ENTRY;
    if (c + 1 < size && isWorse(load<f64>(child, ENTRY), load<u32>(child, ENTRY + 8), load<f64>(child), load<u32>(child, 8))) {
      c++;
      child += ENTRY;
    }
    if (!isWorse(load<f64>(child), load<u32>(child, 8), score, position)) break;
    put(entries + <usize>i * ENTRY, load<f64>(child), load<u32>(child, 8));
    i = c;
  }
  put(entries + <usize>i * ENTRY, score, position);
}
