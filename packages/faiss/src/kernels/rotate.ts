import { scratchArena } from "./scratch-arena.js";

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
  const bytes = signs.byteLength + rows.byteLength;
  const arena = scratchArena(bytes);
  const block = arena.borrow(bytes);
  try {
    const rowsAt = block.address + signs.byteLength;
    arena.f32(block.address, signs.length).set(signs);
    arena.f32(rowsAt, rows.length).set(rows);
    arena.kernels.rotateRows(rowsAt, rows.length / length, length, block.address, rounds, scale);
    rows.set(arena.f32(rowsAt, rows.length));
  } finally {
    arena.release(block);
  }
}
