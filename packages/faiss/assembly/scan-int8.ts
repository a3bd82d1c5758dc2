import { codeQuery, queryDotCentre, queryLost, queryScale, querySquared } from "./code-query";
import { heapPush, scanThreshold } from "./heap";
import {
  FLOAT32_REACH,
  METRIC_L2,
  SCRATCH_BYTES,
  SEGMENT_BASE,
  SEGMENT_CENTRE,
  SEGMENT_CODES,
  SEGMENT_ERRORS,
  SEGMENT_MAX_CENTRED,
  SEGMENT_MAX_CODE,
  SEGMENT_MAX_NORM,
  SEGMENT_QUANTIZED,
  SEGMENT_ROWS,
  SEGMENT_SCALES,
  SEGMENT_SQUARES,
} from "./layout";
import { published } from "./published";
import { allowedInGroup } from "./scan-float32";
import { exactScore } from "./score-row";
import { sumsI32 } from "./simd";

/** Relative rounding error of the dozen float32 operations between a dot product and its bound, with room to spare. */
const ROUNDING: f64 = 16.0 / 16777216.0;

/** Where the scratch holds, besides a group's upper bounds at 0, what they are made of: an f32x4 each. */
const BOUND_SCALE: usize = 16;
const BOUND_NORM: usize = 32;
const BOUND_CONSTANT: usize = 48;
const BOUND_SQUARES: usize = 64;

/** Rows whose codes are interleaved, 8 bytes of each in turn, so that one load of the query serves them all. */
const GROUP_ROWS: i32 = 4;

/** Dot products of a group's int8 codes with the int16 query, as i32x4. */
// @ts-ignore: decorator
@inline
function dotGroup(codes: usize, query: usize, codeStride: usize): v128 {
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  const end = codes + codeStride * <usize>GROUP_ROWS;
  while (codes < end) {
    const q = v128.load(query);
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(codes), q));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(codes, 8), q));
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(codes, 16), q));
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(codes, 24), q));
    codes += 32;
    query += 16;
  }
  return sumsI32(a, b, c, d);
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
 * @param bounds f32 a row: what it scores at most, as far as `bounded` rows; groups of rows that cannot enter are left out
 * @returns the rows scanned: fewer than all when so many could enter that the plain scan is faster
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
  let absolute = boundThreshold(heap);
  // Most segments have nothing near: they need not even be compared with the query's code.
  const start = skipBelow(bounds, 0, min(bounded, count), absolute);
  if (start >= count) return count;
  const rows: usize = load<u32>(segment, SEGMENT_ROWS);
  const codes: usize = load<u32>(segment, SEGMENT_CODES);
  const scales: usize = load<u32>(segment, SEGMENT_SCALES);
  const errors: usize = load<u32>(segment, SEGMENT_ERRORS);
  const squares: usize = load<u32>(segment, SEGMENT_SQUARES);
  const base = load<u32>(segment, SEGMENT_BASE);
  const isL2 = metric == METRIC_L2;

  const codedQuery = scratch + SCRATCH_BYTES;
  codeQuery(metric, query, load<u32>(segment, SEGMENT_CENTRE), dimensions, stride, codeStride, codedQuery);
  const norm = sqrt(querySquared);
  const factor = isL2 ? 2.0 : 1.0;
  const maxCentred = <f64>load<f32>(segment, SEGMENT_MAX_CENTRED);
  const reach = isL2 ? (norm + maxCentred) * (norm + maxCentred) : norm * (<f64>load<f32>(segment, SEGMENT_MAX_NORM) + maxCentred);
  // Sums near float32's end may overflow: leave such rows to the plain scan.
  if (!(reach < FLOAT32_REACH)) return 0;
  // What float32 arithmetic below and the float64 sums of `exactScore` can lose.
  const rounding = reach * ROUNDING + 1e-36;
  const constantError = factor * sqrt(queryLost) * <f64>load<f32>(segment, SEGMENT_MAX_CODE) * (1.0 + 1e-6) + rounding;
  // Scores are compared without the part that is the same for all rows of the segment.
  const common = isL2 ? -querySquared : queryDotCentre;

  // In memory, since engines compute what is only used in a loop anew in each round rather than keep it.
  v128.store(scratch, f32x4.splat(<f32>(factor * queryScale)), BOUND_SCALE);
  v128.store(scratch, f32x4.splat(<f32>(factor * norm * (1.0 + 1e-6))), BOUND_NORM);
  v128.store(scratch, f32x4.splat(<f32>constantError), BOUND_CONSTANT);
  v128.store(scratch, f32x4.splat(isL2 ? 1.0 : 0.0), BOUND_SQUARES);
  let threshold = relativeThreshold(heap, common);
  let survivors = 0;
  for (let row = start; row < count; row += GROUP_ROWS) {
    if (row < bounded) {
      row = skipBelow(bounds, row, min(bounded, count), absolute);
      if (row >= count) break;
    }
    let mask = allowedInGroup(allowed, row);
    // A bound that is not a number proves nothing.
    if (row < bounded) mask &= ~i32x4.bitmask(f32x4.lt(v128.load(bounds + (<usize>row << 2)), f32x4.splat(absolute)));
    if (mask == 0) continue;
    const group = codes + <usize>row * codeStride;
    const at = <usize>row << 2;
    const dots = f32x4.convert_i32x4_s(dotGroup(group, codedQuery, codeStride));
    const products = f32x4.mul(f32x4.mul(dots, v128.load(scratch, BOUND_SCALE)), v128.load(scales + at));
    const scores = f32x4.sub(products, f32x4.mul(v128.load(squares + at), v128.load(scratch, BOUND_SQUARES)));
    const error = f32x4.add(f32x4.mul(v128.load(errors + at), v128.load(scratch, BOUND_NORM)), v128.load(scratch, BOUND_CONSTANT));
    const upper = f32x4.add(scores, error);
    if (v128.all_true<i32>(f32x4.lt(upper, f32x4.splat(threshold)))) continue;
    v128.store(scratch, upper);
    for (let j = 0; j < GROUP_ROWS; j++) {
      if (load<f32>(scratch + (<usize>j << 2)) < threshold || (mask & (1 << j)) == 0) continue;
      survivors++;
      const score = exactScore(metric, query, rows + <usize>(row + j) * stride, stride);
      heapPush(heap, score, base + <u32>(row + j));
      threshold = relativeThreshold(heap, common);
      absolute = boundThreshold(heap);
    }
    // Scoring a row exactly costs about ten times its int8 scan: stop when one in eight needs it.
    if (survivors > 256 && survivors > row >> 3) return row + GROUP_ROWS;
  }
  return count;
}

/** The first row from `row` on in whose group a bound reaches the threshold, or that has no bound. */
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

/** The heap's threshold for bounds, which float32 has rounded, rounded down. */
// @ts-ignore: decorator
@inline
function boundThreshold(heap: usize): f32 {
  const threshold = scanThreshold(heap);
  return <f32>(threshold - abs(threshold) * 2.4e-7);
}

/** The heap's threshold less the common part, rounded down. */
// @ts-ignore: decorator
@inline
function relativeThreshold(heap: usize, common: f64): f32 {
  const threshold = scanThreshold(heap);
  return <f32>(threshold - common - (abs(threshold) + abs(common)) * 2.4e-7);
}
