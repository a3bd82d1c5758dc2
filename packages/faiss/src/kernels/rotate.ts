import { withScratch } from "./scratch-arena.js";

/**
 * Rotates rows in place by SIMD: assembly/rotate-rows.ts.
 * @param length elements of a row, a power of two of at least 4
 * @param signs 1 or -1, `rounds` times `length`
 */
export function rotate(
  rows: Float32Array,
  length: number,
  signs: Float32Array,
  rounds: number,
  scale: number,
): void {
  withScratch(signs.byteLength + rows.byteLength, (arena, signsAt) => {
    const rowsAt = signsAt + signs.byteLength;
    arena.f32(signsAt, signs.length).set(signs);
    arena.f32(rowsAt, rows.length).set(rows);
    arena.kernels.rotateRows(rowsAt, rows.length / length, length, signsAt, rounds, scale);
    rows.set(arena.f32(rowsAt, rows.length));
  });
}
