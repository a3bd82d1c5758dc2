import {
  METRIC_IP,
  SEGMENT_CENTRE,
  SEGMENT_CODES,
  SEGMENT_COUNT,
  SEGMENT_ERRORS,
  SEGMENT_MAX_CENTRED,
  SEGMENT_MAX_CODE,
  SEGMENT_MAX_NORM,
  SEGMENT_QUANTIZED,
  SEGMENT_ROWS,
  SEGMENT_SCALES,
  SEGMENT_SQUARES,
} from "./layout";
import { publish } from "./published";
import { exactScore } from "./score-row";
import { promoteHigh } from "./simd";

/** Rounds a float64 norm up to float32. */
// @ts-ignore: decorator
@inline
export function roundUp(value: f64): f32 {
  return <f32>(value * (1.0 + 1e-6) + 1e-37);
}

/** Raises the segment's largest norm for the new rows first…count-1. */
export function measureRows(segment: usize, first: i32, stride: usize): void {
  const count = load<i32>(segment, SEGMENT_COUNT);
  let row = <usize>load<u32>(segment, SEGMENT_ROWS) + <usize>first * stride;
  let largest: f64 = 0;
  for (let r = first; r < count; r++, row += stride) {
    largest = max(largest, exactScore(METRIC_IP, row, row, stride));
  }
  const before = first == 0 ? <f32>0 : load<f32>(segment, SEGMENT_MAX_NORM);
  store<f32>(segment, max(before, roundUp(sqrt(largest))), SEGMENT_MAX_NORM);
}

/**
 * Adds missing rows to a segment's int8 copy, in whole groups of four: each row minus the
 * centre, scaled to -127…127 by its largest element. Centring matters: one dimension that is large in all rows would
 * otherwise use all the precision. The centre is the mean of the rows of the first call, and never changes.
 */
export function quantizeSegment(segment: usize, stride: usize, codeStride: usize): void {
  const first = load<i32>(segment, SEGMENT_QUANTIZED);
  const count = load<i32>(segment, SEGMENT_COUNT) & ~3;
  const centre: usize = load<u32>(segment, SEGMENT_CENTRE);
  if (first == 0) computeCentre(segment, stride, count, centre);
  let row = <usize>load<u32>(segment, SEGMENT_ROWS) + <usize>first * stride;
  const codes: usize = load<u32>(segment, SEGMENT_CODES);
  const scales: usize = load<u32>(segment, SEGMENT_SCALES);
  const errors: usize = load<u32>(segment, SEGMENT_ERRORS);
  const squares: usize = load<u32>(segment, SEGMENT_SQUARES);
  let maxCentred: f64 = 0;
  let maxCode: f64 = 0;
  for (let r = first; r < count; r++, row += stride) {
    const scale = quantizeRow(row, centre, stride, codeStride, codes + <usize>r * codeStride);
    store<f32>(scales + (<usize>r << 2), scale);
    store<f32>(errors + (<usize>r << 2), roundUp(sqrt(rowError)));
    store<f32>(squares + (<usize>r << 2), <f32>rowCentred);
    maxCentred = max(maxCentred, rowCentred);
    maxCode = max(maxCode, rowCoded);
  }
  raise(segment, SEGMENT_MAX_CENTRED, first, roundUp(sqrt(maxCentred)));
  raise(segment, SEGMENT_MAX_CODE, first, roundUp(sqrt(maxCode)));
  publish(segment + SEGMENT_QUANTIZED, count);
}

/** For the row quantized last: |row - centre - scale·code|², |row - centre|², |scale·code|². */
export let rowError: f64 = 0;
export let rowCentred: f64 = 0;
export let rowCoded: f64 = 0;

/** Writes a row's code, padded with zeros, and returns its scale. */
export function quantizeRow(row: usize, centre: usize, stride: usize, codeStride: usize, code: usize): f32 {
  let most = f32x4.splat(0);
  for (let i: usize = 0; i < stride; i += 16) {
    most = f32x4.max(most, f32x4.abs(f32x4.sub(v128.load(row + i), v128.load(centre + i))));
  }
  most = f32x4.max(most, v128.shuffle<f32>(most, most, 2, 3, 0, 1));
  const largest = max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1));
  // A scale must be a normal number, or its reciprocal overflows. For smaller rows, codes of 0 are exact enough.
  const scale: f32 = largest > 1e-30 ? largest / 127 : 1;
  const inverse = f32x4.splat(1 / scale);
  const wide = f64x2.splat(<f64>scale);
  let error = f64x2.splat(0);
  let centred = error;
  let coded = error;
  for (let i: usize = 0; i < stride; i += 16) {
    const x = v128.load(row + i);
    const c = v128.load(centre + i);
    const nearest = f32x4.nearest(f32x4.mul(f32x4.sub(x, c), inverse));
    const t = f32x4.min(f32x4.max(nearest, f32x4.splat(-127)), f32x4.splat(127));
    const x0 = f64x2.sub(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(c));
    const x1 = f64x2.sub(promoteHigh(x), promoteHigh(c));
    const t0 = f64x2.mul(f64x2.promote_low_f32x4(t), wide);
    const t1 = f64x2.mul(promoteHigh(t), wide);
    const e0 = f64x2.sub(x0, t0);
    const e1 = f64x2.sub(x1, t1);
    error = f64x2.add(error, f64x2.add(f64x2.mul(e0, e0), f64x2.mul(e1, e1)));
    centred = f64x2.add(centred, f64x2.add(f64x2.mul(x0, x0), f64x2.mul(x1, x1)));
    coded = f64x2.add(coded, f64x2.add(f64x2.mul(t0, t0), f64x2.mul(t1, t1)));
    const words = i32x4.trunc_sat_f32x4_s(t);
    const bytes = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(words, words), words);
    v128.store32_lane(code + (i >> 2), bytes, 0);
  }
  for (let i = stride >> 2; i < codeStride; i += 4) store<i32>(code + i, 0);
  rowError = f64x2.extract_lane(error, 0) + f64x2.extract_lane(error, 1);
  rowCentred = f64x2.extract_lane(centred, 0) + f64x2.extract_lane(centred, 1);
  rowCoded = f64x2.extract_lane(coded, 0) + f64x2.extract_lane(coded, 1);
  return scale;
}

/** Raises one of the segment's maxima, or sets it for the first rows. */
// @ts-ignore: decorator
@inline
function raise(segment: usize, field: usize, first: i32, value: f32): void {
  store<f32>(segment + field, first == 0 ? value : max(load<f32>(segment + field), value));
}

/** The mean of the rows. With any centre the scan is exact, with a good one it is fast, so float32 sums are enough. */
function computeCentre(segment: usize, stride: usize, count: i32, centre: usize): void {
  memory.fill(centre, 0, stride);
  let row: usize = load<u32>(segment, SEGMENT_ROWS);
  for (let r = 0; r < count; r++, row += stride) {
    for (let i: usize = 0; i < stride; i += 16) {
      v128.store(centre + i, f32x4.add(v128.load(centre + i), v128.load(row + i)));
    }
  }
  const share: f32 = 1 / <f32>count;
  for (let i: usize = 0; i < stride; i += 4) {
    const mean = load<f32>(centre + i) * share;
    // Sums of huge vectors may overflow; a centre of 0 is always valid.
    store<f32>(centre + i, abs(mean) < Infinity ? mean : 0);
  }
}
