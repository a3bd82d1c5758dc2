/** Binary heaps of { f32 distance, u32 node } pairs, 8 bytes each, for walking a graph. */

// @ts-ignore: decorator
@inline
export function pairAt(heap: usize, i: i32): usize {
  return heap + (<usize>i << 3);
}

// @ts-ignore: decorator
@inline
function putPair(heap: usize, i: i32, distance: f32, node: u32): void {
  store<f32>(pairAt(heap, i), distance);
  store<u32>(pairAt(heap, i), node, 4);
}

// @ts-ignore: decorator
@inline
function movePair(heap: usize, to: i32, from: i32): void {
  store<u64>(pairAt(heap, to), load<u64>(pairAt(heap, from)));
}

/** Adds a pair to a heap of `size` with the nearest on top. */
export function pushNearest(heap: usize, size: i32, distance: f32, node: u32): void {
  let i = size;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    if (load<f32>(pairAt(heap, parent)) <= distance) break;
    movePair(heap, i, parent);
    i = parent;
  }
  putPair(heap, i, distance, node);
}

/** Removes the nearest from a heap of `size` pairs. */
export function popNearest(heap: usize, size: i32): void {
  const last = size - 1;
  const distance = load<f32>(pairAt(heap, last));
  const node = load<u32>(pairAt(heap, last), 4);
  let i = 0;
  while (true) {
    let child = 2 * i + 1;
    if (child >= last) break;
    if (child + 1 < last && load<f32>(pairAt(heap, child + 1)) < load<f32>(pairAt(heap, child))) child++;
    if (load<f32>(pairAt(heap, child)) >= distance) break;
    movePair(heap, i, child);
    i = child;
  }
  putPair(heap, i, distance, node);
}

/** Adds a pair to a heap of `size` with the farthest on top. */
export function pushFarthest(heap: usize, size: i32, distance: f32, node: u32): void {
  let i = size;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    if (load<f32>(pairAt(heap, parent)) >= distance) break;
    movePair(heap, i, parent);
    i = parent;
  }
  putPair(heap, i, distance, node);
}

/** Replaces the farthest pair in a heap of `size`. */
export function replaceFarthest(heap: usize, size: i32, distance: f32, node: u32): void {
  let i = 0;
  while (true) {
    let child = 2 * i + 1;
    if (child >= size) break;
    if (child + 1 < size && load<f32>(pairAt(heap, child + 1)) > load<f32>(pairAt(heap, child))) child++;
    if (load<f32>(pairAt(heap, child)) <= distance) break;
    movePair(heap, i, child);
    i = child;
  }
  putPair(heap, i, distance, node);
}

/** Turns a heap with the farthest on top into an ascending list. */
export function sortHeap(heap: usize, size: i32): void {
  for (let end = size - 1; end > 0; end--) {
    const distance = load<f32>(pairAt(heap, end));
    const node = load<u32>(pairAt(heap, end), 4);
    movePair(heap, end, 0);
    replaceFarthest(heap, end, distance, node);
  }
}
