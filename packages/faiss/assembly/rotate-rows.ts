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

/**
 * Rotates rows of any length in place: for each run of signs, brings elements into another order, changes signs, and does a Walsh-Hadamard transform of the
 * first and then of the last `block` elements.
 * @param length elements of a row, a multiple of 4
 * @param block a power of two, at least 4 and half of `length`
 * @param order byte offsets, `rounds` times `length`
 * @param signs f32, 1 or -1, likewise
 * @param scratch room for a row
 */
export function mixRows(
  rows: usize,
  count: i32,
  length: i32,
  block: i32,
  order: usize,
  signs: usize,
  rounds: i32,
  scale: f32,
  scratch: usize,
): void {
  const bytes = <usize>length << 2;
  const blockBytes = <usize>block << 2;
  for (let row = 0; row < count; row++, rows += bytes) {
    for (let round: usize = 0; round < <usize>rounds * bytes; round += bytes) {
      for (let i: usize = 0; i < bytes; i += 4) {
        store<f32>(scratch + i, load<f32>(rows + load<u32>(order + round + i)) * load<f32>(signs + round + i));
      }
      memory.copy(rows, scratch, bytes);
      mixBlock(rows, blockBytes, scale);
      mixBlock(rows + bytes - blockBytes, blockBytes, scale);
    }
  }
}

function mixBlock(block: usize, bytes: usize, scale: f32): void {
  const factor = f32x4.splat(scale);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(block + i, firstLevels(v128.load(block + i)));
  transform(block, bytes);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(block + i, f32x4.mul(v128.load(block + i), factor));
}

/** The first two levels of the transform, whose pairs are adjacent. */
// @ts-ignore: decorator
@inline
function firstLevels(x: v128): v128 {
  const swapped = v128.shuffle<f32>(x, x, 1, 0, 3, 2);
  const pairs = v128.shuffle<f32>(f32x4.add(x, swapped), f32x4.sub(swapped, x), 0, 5, 2, 7);
  const far = v128.shuffle<f32>(pairs, pairs, 2, 3, 0, 1);
  return v128.shuffle<f32>(f32x4.add(pairs, far), f32x4.sub(far, pairs), 0, 1, 6, 7);
}

/** Changes signs, and does the first two levels of the transform. */
function changeSigns(row: usize, bytes: usize, signs: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(row + i, firstLevels(f32x4.mul(v128.load(row + i), v128.load(signs + i))));
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
