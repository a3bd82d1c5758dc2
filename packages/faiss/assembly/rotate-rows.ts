import { promoteHigh } from "./simd";

/**
 * Rotates rows in place: for each run of signs, changes signs and does a Walsh-Hadamard transform; then scales.
 * @param length elements of a row, a power of two of at least 4
 * @param signs f32, 1 or -1, `rounds` times `length`
 */
export function rotateRows(rows: usize, count: i32, length: i32, signs: usize, rounds: i32, scale: f64): void {
  const bytes = <usize>length << 2;
  for (let row = 0; row < count; row++, rows += bytes) {
    for (let round = 0; round < rounds; round++) {
      changeSigns(rows, bytes, signs + <usize>round * bytes);
      transform(rows, bytes);
    }
    scaleRow(rows, bytes, scale);
  }
}

/** Changes signs, and does the first two levels of the transform, whose pairs are adjacent. */
function changeSigns(row: usize, bytes: usize, signs: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = f32x4.mul(v128.load(row + i), v128.load(signs + i));
    const sums = f32x4.add(x, v128.shuffle<f32>(x, x, 1, 0, 3, 2));
    const differences = f32x4.sub(v128.shuffle<f32>(x, x, 1, 0, 3, 2), x);
    const pairs = v128.shuffle<f32>(sums, differences, 0, 5, 2, 7);
    const far = v128.shuffle<f32>(pairs, pairs, 2, 3, 0, 1);
    v128.store(row + i, v128.shuffle<f32>(f32x4.add(pairs, far), f32x4.sub(far, pairs), 0, 1, 6, 7));
  }
}

/** Does the other levels of the transform. */
function transform(row: usize, bytes: usize): void {
  for (let half: usize = 16; half < bytes; half <<= 1) {
    for (let start: usize = 0; start < bytes; start += 2 * half) {
      for (let at = row + start, end = at + half; at < end; at += 16) {
        const a = v128.load(at);
        const b = v128.load(at + half);
        v128.store(at, f32x4.add(a, b));
        v128.store(at + half, f32x4.sub(a, b));
      }
    }
  }
}

/** Scales a row in float64, with one rounding. */
function scaleRow(row: usize, bytes: usize, scale: f64): void {
  const factor = f64x2.splat(scale);
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(row + i);
    const low = f32x4.demote_f64x2_zero(f64x2.mul(f64x2.promote_low_f32x4(x), factor));
    const high = f32x4.demote_f64x2_zero(f64x2.mul(promoteHigh(x), factor));
    v128.store(row + i, v128.shuffle<f32>(low, high, 0, 1, 4, 5));
  }
}
