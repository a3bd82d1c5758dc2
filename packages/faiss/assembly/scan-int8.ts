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
import { BLOCK_LISTED, countAllowed, fillGroup, isFew, listAllowed, listBytes, request } from "./list-allowed";
import { published } from "./published";
import { PART_COMMON, PART_CONSTANT, PART_NORM, PART_SCALE, queryParts } from "./query-parts";
import { allowedInGroup, skipForbidden } from "./scan-float32";
import { exactScore } from "./score-row";
import { sumI32, sumsI32 } from "./simd";

/** Offsets in the scratch memory of the parts of a group's upper bounds, an f32x4 each; the bounds are at 0. */
const BOUND_SCALE: usize = 16;
const BOUND_NORM: usize = 32;
const BOUND_CONSTANT: usize = 48;
const BOUND_SQUARES: usize = 64;

/** Offset of a group's dot products, an i32x4, if they are computed one by one. */
const SINGLE_DOTS: usize = 80;

/** Offset of the query's parts. */
const PARTS: usize = 96;

/** Number of rows compared together, so that one load of the query serves them all. */
const GROUP_ROWS: i32 = 4;

/** If at most this many rows of a group are left, they are compared one by one. */
const FEW_ROWS: i32 = 2;

/** Dot products of any four rows' int8 codes with the int16 query, as i32x4. */
// @ts-ignore: decorator
@inline
function dotRows(first: usize, second: usize, third: usize, fourth: usize, query: usize, codeStride: usize): v128 {
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let i: usize = 0; i < codeStride; i += 8, query += 16) {
    const q = v128.load(query);
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(first + i), q));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(second + i), q));
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(third + i), q));
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(fourth + i), q));
  }
  return sumsI32(a, b, c, d);
}

/** Dot products of only the rows of a mask; other lanes are undefined. */
function dotFew(codes: usize, query: usize, codeStride: usize, mask: i32, target: usize): v128 {
  for (; mask != 0; mask &= mask - 1) {
    const row = <usize>ctz(mask);
    const code = codes + row * codeStride;
    let low = i32x4.splat(0);
    let high = low;
    for (let i: usize = 0; i < codeStride; i += 16) {
      const q = query + (i << 1);
      low = i32x4.add(low, i32x4.dot_i16x8_s(v128.load_ext<i8>(code + i), v128.load(q)));
      high = i32x4.add(high, i32x4.dot_i16x8_s(v128.load_ext<i8>(code + i, 8), v128.load(q, 16)));
    }
    store<i32>(target + (row << 2), sumI32(i32x4.add(low, high)));
  }
  return v128.load(target);
}

/**
 * Scans the int8 copy of a segment and scores exactly the rows that could enter the heap.
 *
 * Let c be the centre, x' = x - c = s·t + e with |e| ≤ error (t: int8 code), and the query's part y = α·u + f (u:
 * int16). Then y·x' = α·s·(u·t) + f·(s·t) + y·e, so by Cauchy–Schwarz it differs from α·s·(u·t) by at most
 * |f|·max|s·t| + |y|·error.
 * - inner product, y = q: q·x = q·c + y·x'.
 * - L2, y = q - c: -|q - x|² = -|y|² + 2·y·x' - |x'|².
 *
 * @param bounds f32 for each of the first `bounded` rows: upper bound of its score; rows that cannot enter the heap are skipped. Groups without an allowed row
 *   have no bounds. If few rows are allowed (`isFew`), a list of these, then their bounds. All are overwritten by a list of
 *   the rows to be compared
 * @returns the number of rows scanned: fewer than all if so many could enter the heap that the plain scan is faster
 */
export function scanInt8(
  metric: i32,
  query: usize,
  segment: usize,
  dimensions: i32,
  stride: usize,
  codeStride: usize,
  allowed: usize,
  heap: usize,
  scratch: usize,
  bounds: usize,
  bounded: i32,
): i32 {
  const count = published(segment + SEGMENT_QUANTIZED);
  const list = bounds;
  let listed = bounded > 0 ? keepNear(list, allowed, bounded, count, boundThreshold(heap)) : 0;
  let start = bounded;
  if (bounded < count) {
    const others = countAllowed(allowed, bounded, count);
    if (isFew(others, count - bounded)) {
      listAllowed(allowed, bounded, count, list, list + (<usize>listed << 2));
      listed += others;
      start = count;
    }
  }
  // Most segments have no near rows, and are not even compared with the query's code.
  if (listed == 0 && start >= count) return count;
  const isL2 = metric == METRIC_L2;

  const codedQuery = scratch + SCRATCH_BYTES;
  const parts = scratch + PARTS;
  // Use the plain scan for rows whose bounds may overflow.
  if (!queryParts(metric, query, segment, dimensions, stride, codeStride, codedQuery, parts)) return 0;

  // Kept in memory, since engines would compute these values again in each iteration.
  v128.store(scratch, v128.load32_splat(parts, PART_SCALE), BOUND_SCALE);
  v128.store(scratch, v128.load32_splat(parts, PART_NORM), BOUND_NORM);
  v128.store(scratch, v128.load32_splat(parts, PART_CONSTANT), BOUND_CONSTANT);
  v128.store(scratch, f32x4.splat(isL2 ? 1.0 : 0.0), BOUND_SQUARES);
  const done = listed == 0 ? start : scanListed(metric, query, segment, stride, codeStride, list, listed, heap, scratch, start);
  return done < start ? done : scanGroups(metric, query, segment, stride, codeStride, allowed, heap, scratch, start);
}

/** The part of `scanInt8` for the rows without bounds, from row `start` on. */
function scanGroups(
  metric: i32,
  query: usize,
  segment: usize,
  stride: usize,
  codeStride: usize,
  allowed: usize,
  heap: usize,
  scratch: usize,
  start: i32,
): i32 {
  const count = published(segment + SEGMENT_QUANTIZED);
  const rows: usize = load<u32>(segment, SEGMENT_ROWS);
  const codes: usize = load<u32>(segment, SEGMENT_CODES);
  const scales: usize = load<u32>(segment, SEGMENT_SCALES);
  const errors: usize = load<u32>(segment, SEGMENT_ERRORS);
  const squares: usize = load<u32>(segment, SEGMENT_SQUARES);
  const base = load<u32>(segment, SEGMENT_BASE);
  const codedQuery = scratch + SCRATCH_BYTES;
  const common = load<f64>(scratch + PARTS, PART_COMMON);
  let threshold = relativeThreshold(scanThreshold(heap), common);
  let survivors = 0;
  for (let row = start; row < count; row += GROUP_ROWS) {
    if (allowed != 0) {
      row = skipForbidden(allowed, row, count);
      if (row >= count) break;
    }
    let mask = allowedInGroup(allowed, row);
    const group = codes + <usize>row * codeStride;
    const at = <usize>row << 2;
    const sums =
      popcnt(mask) <= FEW_ROWS
        ? dotFew(group, codedQuery, codeStride, mask, scratch + SINGLE_DOTS)
        : dotRows(group, group + codeStride, group + 2 * codeStride, group + 3 * codeStride, codedQuery, codeStride);
    const upper = upperBounds(sums, v128.load(scales + at), v128.load(errors + at), v128.load(squares + at), scratch);
    mask &= reaching(upper, threshold);
    if (mask == 0) continue;
    v128.store(scratch, upper);
    for (; mask != 0; mask &= mask - 1) {
      const j = ctz(mask);
      if (load<f32>(scratch + (<usize>j << 2)) < threshold) continue;
      survivors++;
      threshold = pushExact(metric, query, rows + <usize>(row + j) * stride, stride, heap, base + <u32>(row + j), common);
    }
    if (areMany(survivors, row)) return row + GROUP_ROWS;
  }
  return count;
}

/** Whether so many rows are scored exactly that the plain scan is faster: an exact score takes about ten times as long as comparing int8 codes. */
// @ts-ignore: decorator
@inline
function areMany(survivors: i32, scanned: i32): bool {
  return survivors > 256 && survivors > scanned >> 3;
}

/**
 * The part of `scanInt8` for listed rows.
 * @param list rows of the segment, the last one repeated up to a multiple of four
 * @returns the row before which all are scanned: `end` for all, fewer if so many could enter the heap that the plain scan is faster
 */
function scanListed(
  metric: i32,
  query: usize,
  segment: usize,
  stride: usize,
  codeStride: usize,
  list: usize,
  listed: i32,
  heap: usize,
  scratch: usize,
  end: i32,
): i32 {
  const rows: usize = load<u32>(segment, SEGMENT_ROWS);
  const codes: usize = load<u32>(segment, SEGMENT_CODES);
  const scales: usize = load<u32>(segment, SEGMENT_SCALES);
  const errors: usize = load<u32>(segment, SEGMENT_ERRORS);
  const squares: usize = load<u32>(segment, SEGMENT_SQUARES);
  const base = load<u32>(segment, SEGMENT_BASE);
  const codedQuery = scratch + SCRATCH_BYTES;
  const common = load<f64>(scratch + PARTS, PART_COMMON);
  let threshold = relativeThreshold(scanThreshold(heap), common);
  let survivors = 0;
  for (let block = 0; block < listed; block += BLOCK_LISTED) {
    const last = min(block + BLOCK_LISTED, listed);
    let sum = request(list, block, last, codes, codeStride, codeStride);
    sum += request(list, block, last, scales, 4, 4) + request(list, block, last, errors, 4, 4) + request(list, block, last, squares, 4, 4);
    store<i32>(scratch, sum);
    for (let i = block; i < last; i += 4) {
      const at = list + (<usize>i << 2);
      const first: usize = load<u32>(at);
      const second: usize = load<u32>(at, 4);
      const third: usize = load<u32>(at, 8);
      const fourth: usize = load<u32>(at, 12);
      const sums = dotRows(
        codes + first * codeStride,
        codes + second * codeStride,
        codes + third * codeStride,
        codes + fourth * codeStride,
        codedQuery,
        codeStride,
      );
      const upper = upperBounds(
        sums,
        gather(scales, first, second, third, fourth),
        gather(errors, first, second, third, fourth),
        gather(squares, first, second, third, fourth),
        scratch,
      );
      let mask = reaching(upper, threshold);
      if (i + 4 > listed) mask &= (1 << (listed - i)) - 1;
      if (mask == 0) continue;
      v128.store(scratch, upper);
      for (; mask != 0; mask &= mask - 1) {
        const j = ctz(mask);
        if (load<f32>(scratch + (<usize>j << 2)) < threshold) continue;
        survivors++;
        const row = load<u32>(at + (<usize>j << 2));
        threshold = pushExact(metric, query, rows + <usize>row * stride, stride, heap, base + row, common);
      }
      if (areMany(survivors, i)) return load<u32>(at, 12) + 1;
    }
  }
  return end;
}

/** Scores a row exactly for the heap. @returns the new threshold, less the common part */
// @ts-ignore: decorator
@inline
function pushExact(metric: i32, query: usize, row: usize, stride: usize, heap: usize, position: u32, common: f64): f32 {
  heapPush(heap, exactScore(metric, query, row, stride), position);
  return relativeThreshold(scanThreshold(heap), common);
}

/** Four float32 numbers of an array. */
// @ts-ignore: decorator
@inline
function gather(numbers: usize, first: usize, second: usize, third: usize, fourth: usize): v128 {
  let four = v128.load32_zero(numbers + (first << 2));
  four = v128.load32_lane(numbers + (second << 2), four, 1);
  four = v128.load32_lane(numbers + (third << 2), four, 2);
  return v128.load32_lane(numbers + (fourth << 2), four, 3);
}

/** Upper bounds of four rows, from the dot products of their codes and the parts in the scratch memory. */
// @ts-ignore: decorator
@inline
function upperBounds(sums: v128, scales: v128, errors: v128, squares: v128, scratch: usize): v128 {
  const dots = f32x4.convert_i32x4_s(sums);
  const products = f32x4.mul(f32x4.mul(dots, v128.load(scratch, BOUND_SCALE)), scales);
  const scores = f32x4.sub(products, f32x4.mul(squares, v128.load(scratch, BOUND_SQUARES)));
  const error = f32x4.add(f32x4.mul(errors, v128.load(scratch, BOUND_NORM)), v128.load(scratch, BOUND_CONSTANT));
  return f32x4.add(scores, error);
}

/**
 * Replaces the bounds of the first `bounded` rows by a list of the rows before `count` that may enter the heap, the last one repeated up to a multiple of four.
 * @returns their number
 */
function keepNear(list: usize, allowed: usize, bounded: i32, count: i32, threshold: f32): i32 {
  const listed = countAllowed(allowed, 0, bounded);
  let to = list;
  if (isFew(listed, bounded)) {
    const bounds = list + listBytes(listed);
    for (let i = 0; i < listed; i += 4) {
      const at = <usize>i << 2;
      for (let mask = reaching(v128.load(bounds + at), threshold); mask != 0; mask &= mask - 1) {
        const lane = ctz(mask);
        if (i + lane < listed) to = put(to, load<u32>(list + at + (<usize>lane << 2)), count);
      }
    }
  } else {
    for (let row = skipBelow(list, 0, bounded, threshold); row < bounded; row = skipBelow(list, row + 4, bounded, threshold)) {
      const near = reaching(v128.load(list + (<usize>row << 2)), threshold);
      for (let mask = near & allowedInGroup(allowed, row); mask != 0; mask &= mask - 1) {
        to = put(to, row + ctz(mask), count);
      }
    }
  }
  fillGroup(list, to);
  return <i32>((to - list) >> 2);
}

/** Adds a row to a list if it is below `count`: rows may have been removed since they were bounded. @returns the list's end */
// @ts-ignore: decorator
@inline
function put(to: usize, row: i32, count: i32): usize {
  store<u32>(to, row);
  return row < count ? to + 4 : to;
}

/** Which of four bounds reach the threshold. NaN proves nothing, and counts as reaching it. */
// @ts-ignore: decorator
@inline
export function reaching(bounds: v128, threshold: f32): i32 {
  return ~i32x4.bitmask(f32x4.lt(bounds, f32x4.splat(threshold))) & 0b1111;
}

/** The first group from `row` on in which a bound reaches the threshold. */
// @ts-ignore: decorator
@inline
function skipBelow(bounds: usize, row: i32, bounded: i32, threshold: f32): i32 {
  const thresholds = f32x4.splat(threshold);
  while (row + 16 <= bounded) {
    const at = bounds + (<usize>row << 2);
    const first = v128.and(f32x4.lt(v128.load(at), thresholds), f32x4.lt(v128.load(at, 16), thresholds));
    const second = v128.and(f32x4.lt(v128.load(at, 32), thresholds), f32x4.lt(v128.load(at, 48), thresholds));
    if (!v128.all_true<i32>(v128.and(first, second))) break;
    row += 16;
  }
  while (row < bounded && v128.all_true<i32>(f32x4.lt(v128.load(bounds + (<usize>row << 2)), thresholds))) row += 4;
  return row;
}

/** The heap's threshold for bounds, rounded down, since bounds are rounded to float32. */
// @ts-ignore: decorator
@inline
function boundThreshold(heap: usize): f32 {
  const threshold = scanThreshold(heap);
  return <f32>(threshold - abs(threshold) * 2.4e-7);
}

/** A heap's threshold minus the common part, rounded down. */
// @ts-ignore: decorator
@inline
export function relativeThreshold(threshold: f64, common: f64): f32 {
  return <f32>(threshold - common - (abs(threshold) + abs(common)) * 2.4e-7);
}
