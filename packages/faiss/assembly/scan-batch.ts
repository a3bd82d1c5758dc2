import { heapPush, scanThreshold } from "./heap";
import {
  METRIC_L2,
  SCRATCH_BYTES,
  SEGMENT_BASE,
  SEGMENT_CODES,
  SEGMENT_ERRORS,
  SEGMENT_QUANTIZED,
  SEGMENT_ROWS,
  SEGMENT_SCALES,
  SEGMENT_SQUARES,
} from "./layout";
import { published } from "./published";
import {
  PARTS_BYTES,
  PART_COMMON,
  PART_CONSTANT,
  PART_NORM,
  PART_SCALE,
  PART_THRESHOLD,
  queryParts,
} from "./query-parts";
import { allowedInGroup, skipForbidden } from "./scan-float32";
import { reaching, relativeThreshold } from "./scan-int8";
import { exactScore } from "./score-row";
import { sumsI32 } from "./simd";

/** Offset in the scratch memory of the dot products of a pair of queries, two i32x4. */
const DOTS: usize = 16;

/**
 * Does what `scanInt8` does, for several queries at a time: four rows are widened to int16 once and compared with two queries at a time, so that one load serves
 * two multiplications. Half of the time of a scan for each query.
 *
 * @param batch scratch memory: the parts of each query, four rows in int16, and the queries in int16, an even number of them. Rows and pairs of queries are
 *   interleaved by 16 bytes, since one moving address is faster than several
 * @returns the number of rows scanned; 0 if a query is too large for bounds, and fewer than all if so many rows could enter heaps that the plain scan is faster
 */
export function scanBatch(
  metric: i32,
  queries: usize,
  queryCount: i32,
  segment: usize,
  dimensions: i32,
  stride: usize,
  codeStride: usize,
  allowed: usize,
  heaps: usize,
  heapBytes: usize,
  scratch: usize,
  batch: usize,
): i32 {
  const parts = batch;
  const wide = parts + <usize>queryCount * PARTS_BYTES;
  const coded = wide + (codeStride << 3);
  const pairBytes = codeStride << 2;
  for (let q = 0; q < queryCount; q++) {
    const query = queries + <usize>q * stride;
    const part = parts + <usize>q * PARTS_BYTES;
    const plain = scratch + SCRATCH_BYTES;
    if (!queryParts(metric, query, segment, dimensions, stride, codeStride, plain, part)) return 0;
    spread(plain, codeStride << 1, coded + <usize>(q >> 1) * pairBytes + (<usize>(q & 1) << 4), 32);
    updateThreshold(part, heaps + <usize>q * heapBytes);
  }
  const count = published(segment + SEGMENT_QUANTIZED);
  const codes: usize = load<u32>(segment, SEGMENT_CODES);
  const most = queryCount << 8;
  let survivors = 0;
  for (let row = 0; row < count; row += 4) {
    if (allowed != 0) {
      row = skipForbidden(allowed, row, count);
      if (row >= count) break;
    }
    widen(codes + <usize>row * codeStride, codeStride, wide);
    let pair = coded;
    for (let q = 0; q < queryCount; q += 2, pair += pairBytes) {
      dotPair(wide, coded, pair, scratch + DOTS);
      const part = parts + <usize>q * PARTS_BYTES;
      const heap = heaps + <usize>q * heapBytes;
      const query = queries + <usize>q * stride;
      survivors += score(metric, v128.load(scratch, DOTS), part, segment, row, allowed, query, stride, heap, scratch);
      if (q + 1 == queryCount) break;
      survivors += score(
        metric,
        v128.load(scratch, DOTS + 16),
        part + PARTS_BYTES,
        segment,
        row,
        allowed,
        query + stride,
        stride,
        heap + heapBytes,
        scratch,
      );
    }
    // As in `scanInt8`.
    if (survivors > most && survivors > (row >> 3) * queryCount) return row + 4;
  }
  return count;
}

/** Dot products of four interleaved rows, from `rows` to `end`, with a pair of queries: two i32x4. Exported, since the loop is slower as part of a large function. */
export function dotPair(rows: usize, end: usize, pair: usize, dots: usize): void {
  let a0 = i32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  for (let at = rows, y = pair; at < end; at += 64, y += 32) {
    const a = v128.load(y);
    const b = v128.load(y, 16);
    let x = v128.load(at);
    a0 = i32x4.add(a0, i32x4.dot_i16x8_s(x, a));
    b0 = i32x4.add(b0, i32x4.dot_i16x8_s(x, b));
    x = v128.load(at, 16);
    a1 = i32x4.add(a1, i32x4.dot_i16x8_s(x, a));
    b1 = i32x4.add(b1, i32x4.dot_i16x8_s(x, b));
    x = v128.load(at, 32);
    a2 = i32x4.add(a2, i32x4.dot_i16x8_s(x, a));
    b2 = i32x4.add(b2, i32x4.dot_i16x8_s(x, b));
    x = v128.load(at, 48);
    a3 = i32x4.add(a3, i32x4.dot_i16x8_s(x, a));
    b3 = i32x4.add(b3, i32x4.dot_i16x8_s(x, b));
  }
  v128.store(dots, sumsI32(a0, a1, a2, a3));
  v128.store(dots, sumsI32(b0, b1, b2, b3), 16);
}

/** Scores exactly those of four rows that could enter a query's heap. @returns their number */
function score(
  metric: i32,
  dots: v128,
  part: usize,
  segment: usize,
  row: i32,
  allowed: usize,
  query: usize,
  stride: usize,
  heap: usize,
  scratch: usize,
): i32 {
  const at = <usize>row << 2;
  const products = f32x4.mul(
    f32x4.mul(f32x4.convert_i32x4_s(dots), v128.load32_splat(part, PART_SCALE)),
    v128.load(<usize>load<u32>(segment, SEGMENT_SCALES) + at),
  );
  const squares = v128.load(<usize>load<u32>(segment, SEGMENT_SQUARES) + at);
  const scores = f32x4.sub(products, f32x4.mul(squares, f32x4.splat(metric == METRIC_L2 ? 1 : 0)));
  const errors = v128.load(<usize>load<u32>(segment, SEGMENT_ERRORS) + at);
  const error = f32x4.add(
    f32x4.mul(errors, v128.load32_splat(part, PART_NORM)),
    v128.load32_splat(part, PART_CONSTANT),
  );
  const upper = f32x4.add(scores, error);
  let mask = reaching(upper, load<f32>(part, PART_THRESHOLD));
  if (mask == 0) return 0;
  mask &= allowedInGroup(allowed, row);
  const rows = <usize>load<u32>(segment, SEGMENT_ROWS) + <usize>row * stride;
  const base = load<u32>(segment, SEGMENT_BASE) + <u32>row;
  let survivors = 0;
  v128.store(scratch, upper);
  for (; mask != 0; mask &= mask - 1) {
    const j = ctz(mask);
    if (load<f32>(scratch + (<usize>j << 2)) < load<f32>(part, PART_THRESHOLD)) continue;
    survivors++;
    heapPush(heap, exactScore(metric, query, rows + <usize>j * stride, stride), base + <u32>j);
    updateThreshold(part, heap);
  }
  return survivors;
}

// @ts-ignore: decorator
@inline
function updateThreshold(part: usize, heap: usize): void {
  store<f32>(part, relativeThreshold(scanThreshold(heap), load<f64>(part, PART_COMMON)), PART_THRESHOLD);
}

/** Copies blocks of 16 bytes to every `step` bytes. */
function spread(from: usize, bytes: usize, to: usize, step: usize): void {
  for (let i: usize = 0; i < bytes; i += 16, to += step) v128.store(to, v128.load(from + i));
}

/** Widens four int8 rows to int16, interleaved by 16 bytes. */
function widen(codes: usize, codeStride: usize, to: usize): void {
  for (let i: usize = 0; i < codeStride; i += 8, to += 64) {
    const code = codes + i;
    v128.store(to, v128.load_ext<i8>(code));
    v128.store(to, v128.load_ext<i8>(code + codeStride), 16);
    v128.store(to, v128.load_ext<i8>(code + 2 * codeStride), 32);
    v128.store(to, v128.load_ext<i8>(code + 3 * codeStride), 48);
  }
}
