import { heapPush, scanThreshold } from "./heap";
import { BLOCK_ROWS, METRIC_IP, METRIC_L2 } from "./layout";
import { exactScore, float32Score } from "./score-row";

/** Whether a row of the segment may be returned; `allowed` is the bitmap's byte for its first row, or 0 for all. */
// @ts-ignore: decorator
@inline
export function isRowAllowed(allowed: usize, row: i32): bool {
  return allowed == 0 || (load<u8>(allowed + <usize>(row >> 3)) & (1 << (row & 7))) != 0;
}

/** The rows of four that may be returned, as bits. */
// @ts-ignore: decorator
@inline
export function allowedInGroup(allowed: usize, row: i32): i32 {
  return allowed == 0 ? 0b1111 : (<i32>load<u8>(allowed + <usize>(row >> 3)) >> (row & 7)) & 0b1111;
}

/** The first group of four rows from `row` on with an allowed row; `count` or a little more if there is none. */
export function skipForbidden(allowed: usize, row: i32, count: i32): i32 {
  while (row < count) {
    if ((row & 31) == 0 && row + 32 <= count && load<u32>(allowed + <usize>(row >> 3)) == 0) row += 32;
    else if (allowedInGroup(allowed, row) != 0) break;
    else row += 4;
  }
  return row;
}

/**
 * A float32 score below this cannot belong to a row whose exact score reaches the heap's threshold.
 * For L2 the sum's error is relative (gamma) to the distance itself, for the inner product to |query| * |row|, given as `slack`.
 */
// @ts-ignore: decorator
@inline
function float32Threshold(metric: i32, heap: usize, gamma: f32, slack: f32): f32 {
  const threshold = scanThreshold(heap);
  if (metric == METRIC_L2) return <f32>(threshold * (1.0 + <f64>gamma) - 1e-37);
  return <f32>(threshold - abs(threshold) * <f64>gamma - <f64>slack);
}

/**
 * Scans rows first…count-1 of a segment: float32 scores, then the exact score of the few that could enter the heap.
 * A row with NaN (infinity minus infinity in float32) is scored exactly: all comparisons test for "not below".
 */
// @ts-ignore: decorator
@inline
function scanRows(
  metric: i32,
  query: usize,
  rows: usize,
  stride: usize,
  first: i32,
  count: i32,
  base: u32,
  allowed: usize,
  gamma: f32,
  slack: f32,
  heap: usize,
  scratch: usize,
): void {
  let threshold = float32Threshold(metric, heap, gamma, slack);
  for (let block = first; block < count; block += BLOCK_ROWS) {
    const inBlock = min(BLOCK_ROWS, count - block);
    let row = rows + <usize>block * stride;
    if (allowed == 0) {
      for (let r = 0; r < inBlock; r++, row += stride) {
        store<f32>(scratch + (<usize>r << 2), float32Score(metric, query, row, stride));
      }
    } else {
      for (let r = 0; r < inBlock; r++, row += stride) {
        const score: f32 = isRowAllowed(allowed, block + r) ? float32Score(metric, query, row, stride) : -Infinity;
        store<f32>(scratch + (<usize>r << 2), score);
      }
    }
    for (let r = 0; r < inBlock; r += 4) {
      const below = f32x4.lt(v128.load(scratch + (<usize>r << 2)), f32x4.splat(threshold));
      if (v128.all_true<i32>(below)) continue;
      for (let j = r; j < min(r + 4, inBlock); j++) {
        if (load<f32>(scratch + (<usize>j << 2)) < threshold || !isRowAllowed(allowed, block + j)) continue;
        const score = exactScore(metric, query, rows + <usize>(block + j) * stride, stride);
        heapPush(heap, score, base + <u32>(block + j));
        threshold = float32Threshold(metric, heap, gamma, slack);
      }
    }
  }
}

/** Scans rows first…count-1 in float32. */
export function scanFloat32(
  metric: i32,
  query: usize,
  rows: usize,
  stride: usize,
  first: i32,
  count: i32,
  base: u32,
  allowed: usize,
  gamma: f32,
  slack: f32,
  heap: usize,
  scratch: usize,
): void {
  // Two copies, so that the inner loops have no branch on the metric.
  if (metric == METRIC_IP) {
    scanRows(METRIC_IP, query, rows, stride, first, count, base, allowed, gamma, slack, heap, scratch);
  } else {
    scanRows(METRIC_L2, query, rows, stride, first, count, base, allowed, gamma, slack, heap, scratch);
  }
}
