/** Bytes of a square of 16 × 16. */
export const SQUARE_BYTES: usize = 256;

/**
 * Writes byte i of 16 rows, for each i below 16, to the i-th 16 bytes of a square.
 * @param rows `stride` bytes apart
 */
export function transposeBytes(rows: usize, stride: usize, square: usize): void {
  const a0 = v128.load(rows);
  const a1 = v128.load(rows + stride);
  const a2 = v128.load(rows + 2 * stride);
  const a3 = v128.load(rows + 3 * stride);
  const a4 = v128.load(rows + 4 * stride);
  const a5 = v128.load(rows + 5 * stride);
  const a6 = v128.load(rows + 6 * stride);
  const a7 = v128.load(rows + 7 * stride);
  const a8 = v128.load(rows + 8 * stride);
  const a9 = v128.load(rows + 9 * stride);
  const a10 = v128.load(rows + 10 * stride);
  const a11 = v128.load(rows + 11 * stride);
  const a12 = v128.load(rows + 12 * stride);
  const a13 = v128.load(rows + 13 * stride);
  const a14 = v128.load(rows + 14 * stride);
  const a15 = v128.load(rows + 15 * stride);
  // Interleaving the first and the second half of the rows four times transposes them.
  const b0 = low(a0, a8);
  const b1 = high(a0, a8);
  const b2 = low(a1, a9);
  const b3 = high(a1, a9);
  const b4 = low(a2, a10);
  const b5 = high(a2, a10);
  const b6 = low(a3, a11);
  const b7 = high(a3, a11);
  const b8 = low(a4, a12);
  const b9 = high(a4, a12);
  const b10 = low(a5, a13);
  const b11 = high(a5, a13);
  const b12 = low(a6, a14);
  const b13 = high(a6, a14);
  const b14 = low(a7, a15);
  const b15 = high(a7, a15);
  const c0 = low(b0, b8);
  const c1 = high(b0, b8);
  const c2 = low(b1, b9);
  const c3 = high(b1, b9);
  const c4 = low(b2, b10);
  const c5 = high(b2, b10);
  const c6 = low(b3, b11);
  const c7 = high(b3, b11);
  const c8 = low(b4, b12);
  const c9 = high(b4, b12);
  const c10 = low(b5, b13);
  const c11 = high(b5, b13);
  const c12 = low(b6, b14);
  const c13 = high(b6, b14);
  const c14 = low(b7, b15);
  const c15 = high(b7, b15);
  const d0 = low(c0, c8);
  const d1 = high(c0, c8);
  const d2 = low(c1, c9);
  const d3 = high(c1, c9);
  const d4 = low(c2, c10);
  const d5 = high(c2, c10);
  const d6 = low(c3, c11);
  const d7 = high(c3, c11);
  const d8 = low(c4, c12);
  const d9 = high(c4, c12);
  const d10 = low(c5, c13);
  const d11 = high(c5, c13);
  const d12 = low(c6, c14);
  const d13 = high(c6, c14);
  const d14 = low(c7, c15);
  const d15 = high(c7, c15);
  v128.store(square, low(d0, d8));
  v128.store(square, high(d0, d8), 16);
  v128.store(square, low(d1, d9), 32);
  v128.store(square, high(d1, d9), 48);
  v128.store(square, low(d2, d10), 64);
  v128.store(square, high(d2, d10), 80);
  v128.store(square, low(d3, d11), 96);
  v128.store(square, high(d3, d11), 112);
  v128.store(square, low(d4, d12), 128);
  v128.store(square, high(d4, d12), 144);
  v128.store(square, low(d5, d13), 160);
  v128.store(square, high(d5, d13), 176);
  v128.store(square, low(d6, d14), 192);
  v128.store(square, high(d6, d14), 208);
  v128.store(square, low(d7, d15), 224);
  v128.store(square, high(d7, d15), 240);
}

// @ts-ignore: decorator
@inline
function low(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

// @ts-ignore: decorator
@inline
function high(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}
