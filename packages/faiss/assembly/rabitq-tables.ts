import {
  RABITQ_BLOCKS,
  RABITQ_ELEMENTS,
  RABITQ_OFFSET,
  RABITQ_ROUNDED,
  RABITQ_SLACK,
  RABITQ_STEP,
  RABITQ_SUMS,
  RABITQ_VALUES,
} from "./rabitq-layout";
import { promoteHigh } from "./simd";

/** Tables of a block of 16 bytes: one for each half of a sign byte, which has four elements. */
const TABLES_PER_BLOCK: i32 = 32;

/** Limits of a table's range, beyond which float32 differences and their reciprocals may overflow. */
const MIN_RANGE: f64 = 1e-30;
const MAX_RANGE: f64 = 1e37;

/** Maximum rounding error of an entry in float32, relative to the range of a table. */
const ROUNDING: f64 = 1e-6;

/**
 * Makes the tables of a scan, with the sums of all 16 subsets of each four elements: sums of values in float64, and sums of elements minus the
 * smallest one, in steps of a 255th of the largest range.
 */
export function rabitqTables(job: usize): void {
  const tables = load<i32>(job, RABITQ_BLOCKS) * TABLES_PER_BLOCK;
  sumSubsets(load<u32>(job, RABITQ_VALUES), load<u32>(job, RABITQ_SUMS), tables);
  const elements: usize = load<u32>(job, RABITQ_ELEMENTS);
  let most: f64 = 0;
  let offset: f64 = 0;
  let used = 0;
  for (let t = 0, at = elements; t < tables; t++, at += 16) {
    const v = v128.load(at);
    const low = f64x2.promote_low_f32x4(v);
    const high = promoteHigh(v);
    const sizes = f64x2.add(f64x2.abs(low), f64x2.abs(high));
    const sums = f64x2.add(low, high);
    const range = f64x2.extract_lane(sizes, 0) + f64x2.extract_lane(sizes, 1);
    offset += 0.5 * (f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1) - range);
    if (range > most) most = range;
    if (range > 0) used++;
  }
  const step = most / 255;
  const isCoded = most > MIN_RANGE && most < MAX_RANGE;
  const error = isCoded ? 0.5 * step + ROUNDING * most : most;
  store<f64>(job, isCoded ? step : 0, RABITQ_STEP);
  store<f64>(job, offset, RABITQ_OFFSET);
  store<f64>(job, most < MAX_RANGE ? <f64>used * error : Infinity, RABITQ_SLACK);
  round(elements, load<u32>(job, RABITQ_ROUNDED), tables, isCoded ? <f32>(1 / step) : 0);
}

function sumSubsets(values: usize, sums: usize, tables: i32): void {
  for (let t = 0; t < tables; t++, values += 16, sums += 128) {
    const v = v128.load(values);
    const v01 = f64x2.promote_low_f32x4(v);
    const v23 = promoteHigh(v);
    const s0 = v128.shuffle<f64>(f64x2.splat(0), v01, 0, 2);
    const second = v128.shuffle<f64>(v01, v01, 1, 1);
    const third = v128.shuffle<f64>(v23, v23, 0, 0);
    const fourth = v128.shuffle<f64>(v23, v23, 1, 1);
    const s1 = f64x2.add(s0, second);
    const s2 = f64x2.add(s0, third);
    const s3 = f64x2.add(s1, third);
    v128.store(sums, s0);
    v128.store(sums, s1, 16);
    v128.store(sums, s2, 32);
    v128.store(sums, s3, 48);
    v128.store(sums, f64x2.add(s0, fourth), 64);
    v128.store(sums, f64x2.add(s1, fourth), 80);
    v128.store(sums, f64x2.add(s2, fourth), 96);
    v128.store(sums, f64x2.add(s3, fourth), 112);
  }
}

/** Rounds sums to u8 entries. @param inverse number of steps in 1 */
function round(elements: usize, rounded: usize, tables: i32, inverse: f32): void {
  const scale = f32x4.splat(inverse);
  const zero = f32x4.splat(0);
  for (let t = 0; t < tables; t++, elements += 16, rounded += 16) {
    const v = v128.load(elements);
    const negative = f32x4.min(v, zero);
    const pairs = f32x4.add(negative, v128.shuffle<f32>(negative, negative, 1, 0, 3, 2));
    const least = f32x4.add(pairs, v128.shuffle<f32>(pairs, pairs, 2, 3, 0, 1));
    // Sums of the first two elements' subsets: none, the first, the second, both.
    const first = v128.shuffle<f32>(v, zero, 4, 0, 4, 0);
    const second = v128.shuffle<f32>(v, zero, 4, 4, 1, 1);
    const s0 = f32x4.sub(f32x4.add(first, second), least);
    const third = v128.shuffle<f32>(v, v, 2, 2, 2, 2);
    const fourth = v128.shuffle<f32>(v, v, 3, 3, 3, 3);
    const s1 = f32x4.add(s0, third);
    const s2 = f32x4.add(s0, fourth);
    const s3 = f32x4.add(s1, fourth);
    const low = i16x8.narrow_i32x4_s(toLevels(s0, scale), toLevels(s1, scale));
    const high = i16x8.narrow_i32x4_s(toLevels(s2, scale), toLevels(s3, scale));
    v128.store(rounded, i8x16.narrow_i16x8_u(low, high));
  }
}

// @ts-ignore: decorator
@inline
function toLevels(sums: v128, scale: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(sums, scale)));
}
