import { hasWasmSimd } from "./kernels.js";
import { withScratch } from "./scratch-arena.js";
import { seededRandom } from "./seeded-random.js";
import { walshHadamard } from "./walsh-hadamard.js";

/** Rounds of changing order and signs, and adding and subtracting. */
const ROUNDS = 4;

/** A random rotation that has vectors' own number of dimensions, in d log d steps. */
export class Mixing {
  /** Of each round, where elements come from. */
  private readonly order: Uint32Array;
  /** The same in bytes, for the kernel; made when first needed. */
  private offsets: Uint32Array | undefined;
  /** Of each round, 1 or -1 an element. */
  private readonly signs: Float32Array;
  /** Elements of a Walsh-Hadamard transform: the first ones, and then the last. */
  private readonly block: number;
  private readonly scale: number;

  /** @param length elements of a vector, a multiple of 4 */
  constructor(
    readonly length: number,
    seed: number,
  ) {
    const random = seededRandom(seed);
    this.block = 2 ** Math.floor(Math.log2(length));
    this.scale = Math.fround(1 / Math.sqrt(this.block));
    this.signs = new Float32Array(ROUNDS * length).map(() => (random() < 0.5 ? -1 : 1));
    this.order = new Uint32Array(ROUNDS * length).map((_, i) => i % length);
    for (let round = 0; round < ROUNDS; round++) {
      const order = this.order.subarray(round * length, (round + 1) * length);
      for (let i = length - 1; i > 0; i--) {
        const j = Math.floor(random() * (i + 1));
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
    }
  }

  /** Rotates vectors, one after the other, in place. The same roundings with SIMD and without. */
  apply(rows: Float32Array): void {
    if (hasWasmSimd()) this.applyBySimd(rows);
    else
      for (let start = 0; start < rows.length; start += this.length)
        this.applyOne(rows.subarray(start, start + this.length));
  }

  /** The way back, of one vector in place. */
  reverse(row: Float32Array): void {
    const { length, block, scale, order, signs } = this;
    for (let round = ROUNDS - 1; round >= 0; round--) {
      for (const start of [length - block, 0]) {
        const part = row.subarray(start, start + block);
        walshHadamard(part);
        for (let i = 0; i < block; i++) part[i]! *= scale;
      }
      const mixed = row.slice();
      for (let i = 0; i < length; i++) {
        const at = round * length + i;
        row[order[at]!] = mixed[i]! * signs[at]!;
      }
    }
  }

  private applyOne(row: Float32Array): void {
    const { length, block, scale, order, signs } = this;
    for (let round = 0; round < ROUNDS; round++) {
      const before = row.slice();
      for (let i = 0; i < length; i++) {
        const at = round * length + i;
        row[i] = before[order[at]!]! * signs[at]!;
      }
      for (const start of [0, length - block]) {
        const part = row.subarray(start, start + block);
        walshHadamard(part);
        for (let i = 0; i < block; i++) part[i]! *= scale;
      }
    }
  }

  private applyBySimd(rows: Float32Array): void {
    const { length, block, scale, order, signs } = this;
    // Calls for single queries are frequent.
    this.offsets ??= order.map((from) => 4 * from);
    const { offsets } = this;
    const bytes = order.byteLength + signs.byteLength + 4 * length + rows.byteLength;
    withScratch(bytes, (arena, orderAt) => {
      const signsAt = orderAt + order.byteLength;
      const scratchAt = signsAt + signs.byteLength;
      const rowsAt = scratchAt + 4 * length;
      arena.u32(orderAt, order.length).set(offsets);
      arena.f32(signsAt, signs.length).set(signs);
      arena.f32(rowsAt, rows.length).set(rows);
      const count = rows.length / length;
      arena.kernels.mixRows(rowsAt, count, length, block, orderAt, signsAt, ROUNDS, scale, scratchAt);
      rows.set(arena.f32(rowsAt, rows.length));
    });
  }
}
