import { METRIC_L2 } from "./layout";
import { promoteHigh } from "./simd";

/** Results of `codeQuery` for the query's part y ≈ queryScale·u: |y|², |y - queryScale·u|², and query·centre. */
export let queryScale: f64 = 0;
export let querySquared: f64 = 0;
export let queryLost: f64 = 0;
export let queryDotCentre: f64 = 0;

/**
 * Writes the int16 form u of the query's part y: the query itself for inner products, the query minus the centre for L2.
 * @param coded room for `codeStride` int16
 */
export function codeQuery(
  metric: i32,
  query: usize,
  centre: usize,
  dimensions: i32,
  stride: usize,
  codeStride: usize,
  coded: usize,
): void {
  const isL2: f64 = metric == METRIC_L2 ? 1 : 0;
  const subtract = f64x2.splat(isL2);
  let largest = f64x2.splat(0);
  let squares = largest;
  let dots = largest;
  for (let i: usize = 0; i < stride; i += 16) {
    const q = v128.load(query + i);
    const c = v128.load(centre + i);
    const q0 = f64x2.promote_low_f32x4(q);
    const q1 = promoteHigh(q);
    const c0 = f64x2.promote_low_f32x4(c);
    const c1 = promoteHigh(c);
    const y0 = f64x2.sub(q0, f64x2.mul(c0, subtract));
    const y1 = f64x2.sub(q1, f64x2.mul(c1, subtract));
    largest = f64x2.max(largest, f64x2.max(f64x2.abs(y0), f64x2.abs(y1)));
    squares = f64x2.add(squares, f64x2.add(f64x2.mul(y0, y0), f64x2.mul(y1, y1)));
    dots = f64x2.add(dots, f64x2.add(f64x2.mul(q0, c0), f64x2.mul(q1, c1)));
  }
  querySquared = f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
  queryDotCentre = f64x2.extract_lane(dots, 0) + f64x2.extract_lane(dots, 1);
  const most = max(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1));
  // Products of a pair fit into 32 bits; the scale makes the whole sum fit for all codes of a row.
  const limit = min<f64>(32767, floor(2147483647.0 / (127.0 * <f64>dimensions)));
  queryScale = most > 0 ? most / limit : 1;
  const scale = f64x2.splat(queryScale);
  const inverse = f64x2.splat(1 / queryScale);
  let lost = f64x2.splat(0);
  for (let i: usize = 0; i < stride; i += 16) {
    const q = v128.load(query + i);
    const c = v128.load(centre + i);
    const y0 = f64x2.sub(f64x2.promote_low_f32x4(q), f64x2.mul(f64x2.promote_low_f32x4(c), subtract));
    const y1 = f64x2.sub(promoteHigh(q), f64x2.mul(promoteHigh(c), subtract));
    const u0 = f64x2.nearest(f64x2.mul(y0, inverse));
    const u1 = f64x2.nearest(f64x2.mul(y1, inverse));
    const e0 = f64x2.sub(y0, f64x2.mul(u0, scale));
    const e1 = f64x2.sub(y1, f64x2.mul(u1, scale));
    lost = f64x2.add(lost, f64x2.add(f64x2.mul(e0, e0), f64x2.mul(e1, e1)));
    const low = i32x4.trunc_sat_f64x2_s_zero(u0);
    const high = i32x4.trunc_sat_f64x2_s_zero(u1);
    const u = v128.shuffle<i32>(low, high, 0, 1, 4, 5);
    v128.store64_lane(coded + (i >> 1), i16x8.narrow_i32x4_s(u, u), 0);
  }
  queryLost = f64x2.extract_lane(lost, 0) + f64x2.extract_lane(lost, 1);
  memory.fill(coded + (stride >> 1), 0, (codeStride << 1) - (stride >> 1));
}
