import { METRIC_L2 } from "./layout";
import {
  RABITQ_APART,
  RABITQ_BASE,
  RABITQ_CENTRE,
  RABITQ_DIMENSIONS,
  RABITQ_ELEMENTS,
  RABITQ_LOW,
  RABITQ_METRIC,
  RABITQ_QUERY,
  RABITQ_QUERY_BITS,
  RABITQ_ROTATED,
  RABITQ_SHARED,
  RABITQ_SQUARES,
  RABITQ_TOTAL,
  RABITQ_VALUES,
  RABITQ_WIDTH,
} from "./rabitq-layout";
import { rabitqTables } from "./rabitq-tables";
import { promoteHigh } from "./simd";

/** Prepares the part of a new job that depends only on the query. */
export function rabitqQuery(job: usize): void {
  const query: usize = load<u32>(job, RABITQ_QUERY);
  const isL2 = load<i32>(job, RABITQ_METRIC) == METRIC_L2;
  let squares = f64x2.splat(0);
  const bytes = <usize>((load<i32>(job, RABITQ_DIMENSIONS) + 3) >> 2) << 4;
  for (let i: usize = 0; i < bytes; i += 16) {
    const q = v128.load(query + i);
    const q0 = f64x2.promote_low_f32x4(q);
    const q1 = promoteHigh(q);
    squares = f64x2.add(f64x2.add(squares, f64x2.mul(q0, q0)), f64x2.mul(q1, q1));
  }
  store<f64>(job, isL2 ? 0 : both(squares), RABITQ_SQUARES);
  if (load<i32>(job, RABITQ_SHARED) != 0) rabitqTables(job);
}

/**
 * Prepares a job for codes around its centre: the query minus the centre, the part that all scores share, and, unless all centres use
 * the tables of the query, the tables.
 */
export function rabitqCentre(job: usize): void {
  const dimensions = load<i32>(job, RABITQ_DIMENSIONS);
  const query: usize = load<u32>(job, RABITQ_QUERY);
  const centre: usize = load<u32>(job, RABITQ_CENTRE);
  const rotated: usize = load<u32>(job, RABITQ_ROTATED);
  let squares = f64x2.splat(0);
  let sums = squares;
  let dots = squares;
  // All three are padded with zeros.
  const bytes = <usize>((dimensions + 3) >> 2) << 4;
  for (let i: usize = 0; i < bytes; i += 16) {
    const q = v128.load(query + i);
    const c = v128.load(centre + i);
    v128.store(rotated + i, f32x4.sub(q, c));
    const q0 = f64x2.promote_low_f32x4(q);
    const q1 = promoteHigh(q);
    const c0 = f64x2.promote_low_f32x4(c);
    const c1 = promoteHigh(c);
    const x0 = f64x2.sub(q0, c0);
    const x1 = f64x2.sub(q1, c1);
    squares = f64x2.add(f64x2.add(squares, f64x2.mul(x0, x0)), f64x2.mul(x1, x1));
    sums = f64x2.add(f64x2.add(sums, x0), x1);
    dots = f64x2.add(f64x2.add(dots, f64x2.mul(q0, c0)), f64x2.mul(q1, c1));
  }
  const apart = both(squares);
  store<f64>(job, apart, RABITQ_APART);
  store<f64>(job, both(sums), RABITQ_TOTAL);
  store<f64>(job, load<i32>(job, RABITQ_METRIC) == METRIC_L2 ? apart : both(dots), RABITQ_BASE);
  if (load<i32>(job, RABITQ_SHARED) != 0) return;
  const queryBits = load<i32>(job, RABITQ_QUERY_BITS);
  if (queryBits > 0) quantize(job, rotated, dimensions, queryBits);
  else memory.copy(load<u32>(job, RABITQ_VALUES), rotated, bytes);
  rabitqTables(job);
}

// @ts-ignore: decorator
@inline
function both(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** Writes the level of each element of the query for which width · level + low is nearest to the element. */
function quantize(job: usize, rotated: usize, dimensions: i32, bits: i32): void {
  const values: usize = load<u32>(job, RABITQ_VALUES);
  const elements: usize = load<u32>(job, RABITQ_ELEMENTS);
  let low = load<f32>(rotated);
  let high = low;
  for (let i = 1; i < dimensions; i++) {
    const value = load<f32>(rotated + (<usize>i << 2));
    low = min(low, value);
    high = max(high, value);
  }
  const most = <f32>((1 << bits) - 1);
  const width = <f32>((<f64>high - <f64>low) / <f64>most);
  const inverse: f32 = 1 / width;
  let total: f64 = 0;
  for (let i = 0; i < dimensions; i++) {
    const steps: f32 = (load<f32>(rotated + (<usize>i << 2)) - low) * inverse;
    const level = floor(<f64>steps + 0.5);
    // The level is NaN if all elements are equal.
    const value = level == level ? min<f64>(max<f64>(level, 0), most) : 0;
    store<f32>(values + (<usize>i << 2), <f32>value);
    store<f32>(elements + (<usize>i << 2), <f32>(<f64>width * value + <f64>low));
    total += value;
  }
  store<f64>(job, width, RABITQ_WIDTH);
  store<f64>(job, low, RABITQ_LOW);
  store<f64>(job, <f64>width * total + <f64>dimensions * <f64>low, RABITQ_TOTAL);
}
