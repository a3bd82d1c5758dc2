import { METRIC_IP } from "./layout";
import { promoteHigh, sumF32 } from "./simd";

/**
 * The exact score, with the same operations as src/kernels/score-row.ts: float64, four sums over
 * elements i mod 4, then (s0 + s2) + (s1 + s3). Rows are zero-padded to multiples of four, which adds zeros only.
 */
export function exactScore(metric: i32, query: usize, row: usize, stride: usize): f64 {
  let low = f64x2.splat(0);
  let high = low;
  const end = row + stride;
  if (metric == METRIC_IP) {
    while (row < end) {
      const q = v128.load(query);
      const x = v128.load(row);
      low = f64x2.add(low, f64x2.mul(f64x2.promote_low_f32x4(q), f64x2.promote_low_f32x4(x)));
      high = f64x2.add(high, f64x2.mul(promoteHigh(q), promoteHigh(x)));
      query += 16;
      row += 16;
    }
  } else {
    while (row < end) {
      const q = v128.load(query);
      const x = v128.load(row);
      const a = f64x2.sub(f64x2.promote_low_f32x4(q), f64x2.promote_low_f32x4(x));
      const b = f64x2.sub(promoteHigh(q), promoteHigh(x));
      low = f64x2.add(low, f64x2.mul(a, a));
      high = f64x2.add(high, f64x2.mul(b, b));
      query += 16;
      row += 16;
    }
  }
  const sums = f64x2.add(low, high);
  const sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  return metric == METRIC_IP ? sum : -sum;
}

// @ts-ignore: decorator
@inline
function accumulate(metric: i32, row: v128, query: v128, sum: v128): v128 {
  if (metric == METRIC_IP) return f32x4.add(sum, f32x4.mul(row, query));
  const difference = f32x4.sub(row, query);
  return f32x4.add(sum, f32x4.mul(difference, difference));
}

/** The score in float32, with four accumulators: as fast as memory delivers the row. */
// @ts-ignore: decorator
@inline
export function float32Score(metric: i32, query: usize, row: usize, stride: usize): f32 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  const wideEnd = row + (stride & ~63);
  const end = row + stride;
  while (row < wideEnd) {
    a = accumulate(metric, v128.load(row), v128.load(query), a);
    b = accumulate(metric, v128.load(row, 16), v128.load(query, 16), b);
    c = accumulate(metric, v128.load(row, 32), v128.load(query, 32), c);
    d = accumulate(metric, v128.load(row, 48), v128.load(query, 48), d);
    row += 64;
    query += 64;
  }
  while (row < end) {
    a = accumulate(metric, v128.load(row), v128.load(query), a);
    row += 16;
    query += 16;
  }
  const sum = sumF32(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
  return metric == METRIC_IP ? sum : -sum;
}
