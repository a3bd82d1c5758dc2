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
import { exactScore } from "./score-row";

/** Makes a float64 norm safe to store as float32: never smaller than it was. */
// @ts-ignore: decorator
@inline
function roundUp(value: f64): f32 {
  return <f32>(value * (1.0 + 1e-6) + 1e-37);
}

/** Raises the segment's largest norm for rows first…count-1, which have just been added. */
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
 * Fills the int8 copy of a full segment: each row less the segment's mean, scaled to -127…127 by its largest element.
 * Centring matters: one dimension that is large in all rows would otherwise take all the precision.
 */
export function quantizeSegment(segment: usize, dimensions: i32, stride: usize, codeStride: usize): void {
  const count = load<i32>(segment, SEGMENT_COUNT);
  const centre: usize = load<u32>(segment, SEGMENT_CENTRE);
  computeCentre(segment, dimensions, stride, count, centre);
  let row: usize = load<u32>(segment, SEGMENT_ROWS);
  let code: usize = load<u32>(segment, SEGMENT_CODES);
  const scales: usize = load<u32>(segment, SEGMENT_SCALES);
  const errors: usize = load<u32>(segment, SEGMENT_ERRORS);
  const squares: usize = load<u32>(segment, SEGMENT_SQUARES);
  let maxCentred: f64 = 0;
  let maxCode: f64 = 0;
  for (let r = 0; r < count; r++, row += stride, code += codeStride) {
    let largest: f32 = 0;
    for (let i: usize = 0; i < <usize>dimensions << 2; i += 4) {
      largest = max(largest, abs(load<f32>(row + i) - load<f32>(centre + i)));
    }
    // A scale must be a normal number: its reciprocal would overflow otherwise. Codes of 0 are then exact enough.
    const scale: f32 = largest > 1e-30 ? largest / 127 : 1;
    const inverse: f32 = 1 / scale;
    let centred: f64 = 0;
    let error: f64 = 0;
    let coded: f64 = 0;
    for (let i: usize = 0; i < <usize>dimensions; i++) {
      const x = <f64>load<f32>(row + (i << 2));
      const c = <f64>load<f32>(centre + (i << 2));
      const t = min<f32>(127, max<f32>(-127, nearest(<f32>(x - c) * inverse)));
      store<i8>(code + i, <i8>t);
      const approximation = <f64>t * <f64>scale;
      centred += (x - c) * (x - c);
      error += (x - c - approximation) * (x - c - approximation);
      coded += approximation * approximation;
    }
    store<f32>(scales + (<usize>r << 2), scale);
    store<f32>(errors + (<usize>r << 2), roundUp(sqrt(error)));
    store<f32>(squares + (<usize>r << 2), <f32>centred);
    maxCentred = max(maxCentred, centred);
    maxCode = max(maxCode, coded);
  }
  store<f32>(segment, roundUp(sqrt(maxCentred)), SEGMENT_MAX_CENTRED);
  store<f32>(segment, roundUp(sqrt(maxCode)), SEGMENT_MAX_CODE);
  store<i32>(segment, count, SEGMENT_QUANTIZED);
}

/** The mean of the rows; any centre keeps the scan exact, a good one keeps it fast, so float32 sums will do. */
function computeCentre(segment: usize, dimensions: i32, stride: usize, count: i32, centre: usize): void {
  memory.fill(centre, 0, stride);
  let row: usize = load<u32>(segment, SEGMENT_ROWS);
  for (let r = 0; r < count; r++, row += stride) {
    for (let i: usize = 0; i < stride; i += 16) {
      v128.store(centre + i, f32x4.add(v128.load(centre + i), v128.load(row + i)));
    }
  }
  const share: f32 = 1 / <f32>count;
  for (let i: usize = 0; i < <usize>dimensions << 2; i += 4) {
    const mean = load<f32>(centre + i) * share;
    // Sums of huge vectors may overflow; a centre of 0 is always allowed.
    store<f32>(centre + i, abs(mean) < Infinity ? mean : 0);
  }
}
