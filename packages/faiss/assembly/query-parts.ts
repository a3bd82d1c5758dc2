import { codeQuery, queryDotCentre, queryLost, queryScale, querySquared } from "./code-query";
import {
  FLOAT32_REACH,
  METRIC_L2,
  SEGMENT_CENTRE,
  SEGMENT_MAX_CENTRED,
  SEGMENT_MAX_CODE,
  SEGMENT_MAX_NORM,
} from "./layout";

/** Relative rounding error of the dozen float32 operations between a dot product and its bound, with a margin. */
const ROUNDING: f64 = 16.0 / 16777216.0;

/**
 * The parts of a bound that are the same for all rows of a segment: with y the query's part and u its code (assembly/scan-int8.ts), the score of a row is at most
 * `common` + `scale`·s·(u·t) - |x'|² (L2 only) + `norm`·error + `constant`.
 */
export const PART_SCALE: usize = 0; // f32
export const PART_NORM: usize = 4; // f32
export const PART_CONSTANT: usize = 8; // f32
export const PART_THRESHOLD: usize = 12; // f32: room for the score, less `common`, that a row must reach
export const PART_COMMON: usize = 16; // f64
export const PARTS_BYTES: usize = 32;

/**
 * Codes a query for a segment, and computes its parts.
 * @param coded room for `codeStride` int16
 * @returns whether bounds hold: sums near float32's maximum may overflow
 */
export function queryParts(
  metric: i32,
  query: usize,
  segment: usize,
  dimensions: i32,
  stride: usize,
  codeStride: usize,
  coded: usize,
  parts: usize,
): bool {
  codeQuery(metric, query, load<u32>(segment, SEGMENT_CENTRE), dimensions, stride, codeStride, coded);
  const isL2 = metric == METRIC_L2;
  const norm = sqrt(querySquared);
  const factor = isL2 ? 2.0 : 1.0;
  const maxCentred = <f64>load<f32>(segment, SEGMENT_MAX_CENTRED);
  const reach = isL2
    ? (norm + maxCentred) * (norm + maxCentred)
    : norm * (<f64>load<f32>(segment, SEGMENT_MAX_NORM) + maxCentred);
  if (!(reach < FLOAT32_REACH)) return false;
  // Maximum error of the float32 arithmetic of bounds and of the float64 sums of `exactScore`.
  const rounding = reach * ROUNDING + 1e-36;
  store<f32>(parts, <f32>(factor * queryScale), PART_SCALE);
  store<f32>(parts, <f32>(factor * norm * (1.0 + 1e-6)), PART_NORM);
  const lost = factor * sqrt(queryLost) * <f64>load<f32>(segment, SEGMENT_MAX_CODE) * (1.0 + 1e-6);
  store<f32>(parts, <f32>(lost + rounding), PART_CONSTANT);
  // Scores are compared without the part that is the same for all rows of the segment.
  store<f64>(parts, isL2 ? -querySquared : queryDotCentre, PART_COMMON);
  return true;
}
