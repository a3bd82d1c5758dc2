import { heapPush, heapThreshold } from "./heap";
import { METRIC_L2 } from "./layout";
import { rabitqFullScore } from "./rabitq-full-score";
import {
  RABITQ_ALLOWED,
  RABITQ_APART,
  RABITQ_BLOCKS,
  RABITQ_CENTRE_SUMS,
  RABITQ_CODE_SIZE,
  RABITQ_CODES,
  RABITQ_COUNT,
  RABITQ_EXTRA_BITS,
  RABITQ_FIRST,
  RABITQ_HEAP,
  RABITQ_LOW,
  RABITQ_METRIC,
  RABITQ_OFFSET,
  RABITQ_ROUGH,
  RABITQ_ROUNDED,
  RABITQ_SCALE,
  RABITQ_SIGN_BYTES,
  RABITQ_SLACK,
  RABITQ_SQUARE,
  RABITQ_SQUARES,
  RABITQ_STEP,
  RABITQ_SUMS,
  RABITQ_TOTAL,
  RABITQ_WIDTH,
} from "./rabitq-layout";
import { rabitqRough } from "./rabitq-rough";

/** Relative rounding error of a distance in float64, with a large margin. */
const ROUNDING: f64 = 1e-9;

/** Offsets of a code's factors, which follow its signs: the summand, the multiplier of the dot product, and the error bound. */
const ADDED: usize = 0;
const STRETCH: usize = 4;
const ERROR: usize = 8;

/** Pushes all codes of a job that may be among the best to the heap. Sums of rounded entries exclude most codes; the others are scored exactly. */
export function rabitqScan(job: usize): void {
  const count = load<i32>(job, RABITQ_COUNT);
  const codeSize: usize = load<u32>(job, RABITQ_CODE_SIZE);
  const blocks = load<i32>(job, RABITQ_BLOCKS);
  const tables: usize = load<u32>(job, RABITQ_ROUNDED);
  const signBytes: usize = load<u32>(job, RABITQ_SIGN_BYTES);
  const allowed: usize = load<u32>(job, RABITQ_ALLOWED);
  const hasBounds = load<i32>(job, RABITQ_EXTRA_BITS) > 0;
  // Distance = added + apart - stretch · dot, where dot = 2 · scale · (2 · (sum - centre sum) - total).
  const scale = 2 * load<f64>(job, RABITQ_SCALE);
  const step = f64x2.splat(2 * scale * load<f64>(job, RABITQ_STEP));
  const offset = f64x2.splat(
    scale * (2 * load<f64>(job, RABITQ_OFFSET) - load<f64>(job, RABITQ_TOTAL)),
  );
  const slack = f64x2.splat(2 * scale * load<f64>(job, RABITQ_SLACK));
  const ofCentre = f64x2.splat(2 * scale);
  const apart = load<f64>(job, RABITQ_APART);
  // The amount that the error bound may subtract from a distance, or add to an inner product.
  const boundScale = f64x2.splat((load<i32>(job, RABITQ_METRIC) == METRIC_L2 ? 1 : 2) * sqrt(apart));
  const common = f64x2.splat(apart);
  let centreSums: usize = load<u32>(job, RABITQ_CENTRE_SUMS);
  let limit = f64x2.splat(farthest(job));
  let code: usize = load<u32>(job, RABITQ_CODES);
  for (let start = 0; start < count; start += 16) {
    rabitqRough(code, codeSize, blocks, tables, job + RABITQ_SQUARE, job + RABITQ_ROUGH);
    const end = min(start + 16, count);
    for (let row = start; row < end; row += 2, code += 2 * codeSize) {
      const factors = code + signBytes;
      const first = v128.load64_zero(factors);
      const second = v128.load64_zero(factors + codeSize);
      const added = f64x2.promote_low_f32x4(v128.shuffle<f32>(first, second, 0, 4, 0, 4));
      const stretch = f64x2.promote_low_f32x4(v128.shuffle<f32>(first, second, 1, 5, 1, 5));
      const rough = f64x2.promote_low_f32x4(v128.load64_zero(job + (<usize>(row & 15) << 2), RABITQ_ROUGH));
      let dot = f64x2.add(f64x2.mul(rough, step), offset);
      if (centreSums != 0) {
        const sums = f64x2.promote_low_f32x4(v128.load64_zero(centreSums + (<usize>row << 2)));
        dot = f64x2.sub(dot, f64x2.mul(sums, ofCentre));
      }
      const most = f64x2.add(f64x2.mul(stretch, dot), f64x2.mul(f64x2.abs(stretch), slack));
      let least = f64x2.sub(f64x2.add(added, common), most);
      if (hasBounds) {
        const bounds = f64x2.replace_lane(
          f64x2.splat(<f64>load<f32>(factors, ERROR)),
          1,
          <f64>load<f32>(factors + codeSize, ERROR),
        );
        least = f64x2.sub(least, f64x2.mul(bounds, boundScale));
      }
      // NaN does not prove that a code is too far.
      let far = i64x2.bitmask(f64x2.gt(least, limit));
      if (far == 3) continue;
      if (row + 1 == end) far |= 2;
      if ((far & 1) == 0 && isAllowed(allowed, row)) score(job, code, row);
      if ((far & 2) == 0 && isAllowed(allowed, row + 1)) score(job, code + codeSize, row + 1);
      limit = f64x2.splat(farthest(job));
    }
  }
}

// @ts-ignore: decorator
@inline
function isAllowed(bitmap: usize, row: i32): bool {
  return bitmap == 0 || ((<u32>load<u8>(bitmap + <usize>(row >> 3)) >> (row & 7)) & 1) != 0;
}

/** The lower bound of a distance by signs above which no code can enter the heap, with a margin for rounding. */
function farthest(job: usize): f64 {
  const threshold = heapThreshold(load<u32>(job, RABITQ_HEAP));
  if (load<i32>(job, RABITQ_METRIC) == METRIC_L2) return -threshold * (1 + ROUNDING);
  const squares = load<f64>(job, RABITQ_SQUARES);
  return squares - 2 * threshold + ROUNDING * (squares + abs(threshold));
}

/** Pushes a code to the heap if it is near enough. */
function score(job: usize, code: usize, row: i32): void {
  const heap: usize = load<u32>(job, RABITQ_HEAP);
  const signBytes: usize = load<u32>(job, RABITQ_SIGN_BYTES);
  const centreSums: usize = load<u32>(job, RABITQ_CENTRE_SUMS);
  const low = load<f64>(job, RABITQ_LOW);
  const apart = load<f64>(job, RABITQ_APART);
  const inBits = low == 0 ? 0 : low * <f64>setBits(code, signBytes);
  const ofCentre = centreSums == 0 ? 0 : <f64>load<f32>(centreSums + (<usize>row << 2));
  const sum = load<f64>(job, RABITQ_WIDTH) * rabitqSum(job, code, signBytes) + inBits - ofCentre;
  const dot = load<f64>(job, RABITQ_SCALE) * (2 * sum - load<f64>(job, RABITQ_TOTAL));
  const factors = code + signBytes;
  const distance = <f64>load<f32>(factors, ADDED) + apart - 2 * <f64>load<f32>(factors, STRETCH) * dot;
  const hasBounds = load<i32>(job, RABITQ_EXTRA_BITS) > 0;
  const bound = hasBounds ? <f64>load<f32>(factors, ERROR) * sqrt(apart) : 0;
  let score =
    load<i32>(job, RABITQ_METRIC) == METRIC_L2
      ? -max<f64>(0, max<f64>(0, distance) - bound)
      : -0.5 * (distance - load<f64>(job, RABITQ_SQUARES)) + bound;
  if (hasBounds) {
    // The score is at most the bound, so this is almost certainly not a neighbour.
    if (!(score > heapThreshold(heap))) return;
    score = rabitqFullScore(job, code);
  }
  heapPush(heap, score, load<u32>(job, RABITQ_FIRST) + row);
}

/** The sum of the values whose signs are set. */
export function rabitqSum(job: usize, code: usize, signBytes: usize): f64 {
  let table: usize = load<u32>(job, RABITQ_SUMS);
  let sum0: f64 = 0;
  let sum1: f64 = 0;
  let sum2: f64 = 0;
  let sum3: f64 = 0;
  const end = code + signBytes;
  for (; code + 1 < end; code += 2, table += 512) {
    const pair = <usize>load<u16>(code);
    sum0 += load<f64>(table + ((pair & 15) << 3));
    sum1 += load<f64>(table + (((pair >> 4) & 15) << 3), 128);
    sum2 += load<f64>(table + (((pair >> 8) & 15) << 3), 256);
    sum3 += load<f64>(table + ((pair >> 12) << 3), 384);
  }
  if (code < end) {
    const byte = <usize>load<u8>(code);
    sum0 += load<f64>(table + ((byte & 15) << 3));
    sum1 += load<f64>(table + ((byte >> 4) << 3), 128);
  }
  return sum0 + sum2 + (sum1 + sum3);
}

/** Number of signs that are set. */
function setBits(code: usize, signBytes: usize): i32 {
  let bits: i64 = 0;
  const end = code + signBytes;
  for (; code + 7 < end; code += 8) bits += popcnt(load<u64>(code));
  for (; code < end; code++) bits += popcnt(<u64>load<u8>(code));
  return <i32>bits;
}

/** Sums of the values over all codes of a job, to `target` as f32. */
export function rabitqSums(job: usize, target: usize): void {
  const count = load<i32>(job, RABITQ_COUNT);
  const codeSize: usize = load<u32>(job, RABITQ_CODE_SIZE);
  const signBytes: usize = load<u32>(job, RABITQ_SIGN_BYTES);
  let code: usize = load<u32>(job, RABITQ_CODES);
  for (let row = 0; row < count; row++, code += codeSize, target += 4) {
    store<f32>(target, <f32>rabitqSum(job, code, signBytes));
  }
}
