import { heapPush, heapThreshold } from "./heap";
import {
  BLOCK_ROWS,
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
import { isRowAllowed } from "./scan-float32";
import { exactScore } from "./score-row";
import { sumI32 } from "./simd";

/** Relative rounding error of the dozen float32 operations between a dot product and its bound, with room to spare. */
const ROUNDING: f64 = 16.0 / 16777216.0;

/** int8 row · int16 query; products of a pair fit into 32 bits, and the query is scaled so that the whole sum does. */
// @ts-ignore: decorator
@inline
function dotInt8(row: usize, query: usize, codeStride: usize): i32 {
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  const wideEnd = row + (codeStride & ~31);
  const end = row + codeStride;
  while (row < wideEnd) {
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(row), v128.load(query)));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(row, 8), v128.load(query, 16)));
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(row, 16), v128.load(query, 32)));
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(row, 24), v128.load(query, 48)));
    row += 32;
    query += 64;
  }
  while (row < end) {
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(row), v128.load(query)));
    row += 8;
    query += 16;
  }
  return sumI32(i32x4.add(i32x4.add(a, b), i32x4.add(c, d)));
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
): i32 {
  const count = load<i32>(segment, SEGMENT_QUANTIZED);
  const rows: usize = load<u32>(segment, SEGMENT_ROWS);
  const codes: usize = load<u32>(segment, SEGMENT_CODES);
  const scales: usize = load<u32>(segment, SEGMENT_SCALES);
  const errors: usize = load<u32>(segment, SEGMENT_ERRORS);
  const squares: usize = load<u32>(segment, SEGMENT_SQUARES);
  const centre: usize = load<u32>(segment, SEGMENT_CENTRE);
  const base = load<u32>(segment, SEGMENT_BASE);
  const isL2 = metric == METRIC_L2;

  // The query's part y, its int16 form u, and |y|, |f|, q·c.
  const codedQuery = scratch + SCRATCH_BYTES;
  let largest: f64 = 0;
  let squared: f64 = 0;
  let dotCentre: f64 = 0;
  for (let i: usize = 0; i < <usize>dimensions << 2; i += 4) {
    const q = <f64>load<f32>(query + i);
    const c = <f64>load<f32>(centre + i);
    const y = isL2 ? q - c : q;
    largest = max(largest, abs(y));
    squared += y * y;
    dotCentre += q * c;
  }
  const limit = min<f64>(32767, floor(2147483647.0 / (127.0 * <f64>dimensions)));
  const alpha: f64 = largest > 0 ? largest / limit : 1;
  let lost: f64 = 0;
  for (let i: usize = 0; i < <usize>dimensions; i++) {
    const q = <f64>load<f32>(query + (i << 2));
    const y = isL2 ? q - <f64>load<f32>(centre + (i << 2)) : q;
    const u = nearest(y / alpha);
    store<i16>(codedQuery + (i << 1), <i16>u);
    lost += (y - u * alpha) * (y - u * alpha);
  }
  memory.fill(codedQuery + (<usize>dimensions << 1), 0, (codeStride - <usize>dimensions) << 1);

  const norm = sqrt(squared);
  const factor = isL2 ? 2.0 : 1.0;
  const maxCentred = <f64>load<f32>(segment, SEGMENT_MAX_CENTRED);
  const reach = isL2 ? (norm + maxCentred) * (norm + maxCentred) : norm * (<f64>load<f32>(segment, SEGMENT_MAX_NORM) + maxCentred);
  // Sums near float32's end may overflow: leave such rows to the plain scan.
  if (!(reach < FLOAT32_REACH)) return 0;
  // What float32 arithmetic below and the float64 sums of `exactScore` can lose.
  const rounding = reach * ROUNDING + 1e-36;
  const constantError = factor * sqrt(lost) * <f64>load<f32>(segment, SEGMENT_MAX_CODE) * (1.0 + 1e-6) + rounding;
  // Scores are compared without the part that is the same for all rows of the segment.
  const common = isL2 ? -squared : dotCentre;

  const vAlpha = f32x4.splat(<f32>(factor * alpha));
  const vNorm = f32x4.splat(<f32>(factor * norm * (1.0 + 1e-6)));
  const vConstant = f32x4.splat(<f32>constantError);
  const vSquares = f32x4.splat(isL2 ? 1.0 : 0.0);
  let threshold = relativeThreshold(heap, common);
  let survivors = 0;
  for (let block = 0; block < count; block += BLOCK_ROWS) {
    // Scoring a row exactly costs about ten times its int8 scan: stop when one in eight needs it.
    if (survivors > 256 && survivors > block >> 3) return block;
    const inBlock = min(BLOCK_ROWS, count - block);
    let code = codes + <usize>block * codeStride;
    for (let r = 0; r < inBlock; r++, code += codeStride) {
      const dot = isRowAllowed(allowed, block + r) ? dotInt8(code, codedQuery, codeStride) : 0;
      store<i32>(scratch + (<usize>r << 2), dot);
    }
    for (let r = 0; r < inBlock; r += 4) {
      const at = <usize>(block + r) << 2;
      const dots = f32x4.convert_i32x4_s(v128.load(scratch + (<usize>r << 2)));
      const products = f32x4.mul(f32x4.mul(dots, vAlpha), v128.load(scales + at));
      const scores = f32x4.sub(products, f32x4.mul(v128.load(squares + at), vSquares));
      const upper = f32x4.add(scores, f32x4.add(f32x4.mul(v128.load(errors + at), vNorm), vConstant));
      const below = f32x4.lt(upper, f32x4.splat(threshold));
      if (v128.all_true<i32>(below)) continue;
      v128.store(scratch + (<usize>r << 2), upper);
      for (let j = r; j < min(r + 4, inBlock); j++) {
        if (load<f32>(scratch + (<usize>j << 2)) < threshold || !isRowAllowed(allowed, block + j)) continue;
        survivors++;
        const score = exactScore(metric, query, rows + <usize>(block + j) * stride, stride);
        heapPush(heap, score, base + <u32>(block + j));
        threshold = relativeThreshold(heap, common);
      }
    }
  }
  return count;
}

/** The heap's threshold less the common part, rounded down. */
// @ts-ignore: decorator
@inline
function relativeThreshold(heap: usize, common: f64): f32 {
  const threshold = heapThreshold(heap);
  return <f32>(threshold - common - (abs(threshold) + abs(common)) * 2.4e-7);
}
