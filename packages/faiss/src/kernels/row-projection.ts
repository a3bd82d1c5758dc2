import { alignUp } from "./align-up.js";
import type { WasmArena } from "./wasm-arena.js";

/** The struct of a projection, shared with the WASM kernels (assembly/layout.ts). */
const PROJECTION = {
  directions: 0,
  centre: 1,
  basis: 2,
  steps: 3,
  centred: 4,
  components: 5,
  slack: 6,
  reach: 7,
  maxCentred: 8,
} as const;

const PROJECTION_BYTES = 64;

/** A row's square, rest and error, before its codes. */
const ROW_HEADER_BYTES = 12;

/** Header of a query along the directions; its int16 codes follow. */
const QUERY_HEADER_BYTES = 96;

/** Codes go from 0 to 15 and stand for -7.5 to 7.5 steps. */
const MAX_STEPS = 7.5;

/** A few directions in which rows vary most, and the coding along them. */
export interface Directions {
  /** Number of directions, a multiple of 32. */
  readonly count: number;
  /** [dimensions]: the mean of the rows. */
  readonly centre: Float32Array;
  /** [count, dimensions]: orthonormal vectors. */
  readonly basis: Float32Array;
  /** [count]: width of a code's step along each. */
  readonly steps: Float32Array;
}

/** Directions in one arena, for the kernels. */
export class RowProjection {
  readonly address: number;
  readonly directions: number;

  /** @param stride bytes of a padded row */
  constructor(
    private readonly arena: WasmArena,
    private readonly stride: number,
    { count, centre, basis, steps }: Directions,
  ) {
    const dimensions = centre.length;
    this.directions = count;
    this.address = arena.reserve(RowProjection.bytes(stride, count));
    const words = arena.u32(this.address, PROJECTION_BYTES / 4);
    const centreAt = this.address + PROJECTION_BYTES;
    const basisAt = centreAt + stride;
    const stepsAt = basisAt + count * stride;
    const centredAt = stepsAt + count * 4;
    words.fill(0);
    words[PROJECTION.directions] = count;
    words[PROJECTION.centre] = centreAt;
    words[PROJECTION.basis] = basisAt;
    words[PROJECTION.steps] = stepsAt;
    words[PROJECTION.centred] = centredAt;
    words[PROJECTION.components] = centredAt + 4 * stride;
    const numbers = arena.f32(this.address, PROJECTION_BYTES / 4);
    numbers[PROJECTION.slack] = slackOf(dimensions, count);
    numbers[PROJECTION.reach] = MAX_STEPS * Math.hypot(...steps) * (1 + 1e-6);
    arena.f32(centreAt, stride / 4).fill(0);
    arena.f32(centreAt, dimensions).set(centre);
    this.setBasis(basis);
    arena.f32(stepsAt, count).set(steps);
  }

  /** Size of a projection in bytes. */
  static bytes(stride: number, directions: number): number {
    return PROJECTION_BYTES + stride + directions * stride + directions * 4 + 4 * stride + directions * 16;
  }

  /** Bytes of a row's projection along so many directions. */
  static rowBytes(directions: number): number {
    return ROW_HEADER_BYTES + directions / 2;
  }

  get rowBytes(): number {
    return RowProjection.rowBytes(this.directions);
  }

  /** Bytes of a query along the directions. */
  get queryBytes(): number {
    return QUERY_HEADER_BYTES + 2 * this.directions;
  }

  /** Additional scratch bytes for coding queries. */
  get queryScratchBytes(): number {
    return alignUp(this.stride + 4 * this.directions, 16);
  }

  /** [directions, 4]: components of the last four rows that the kernels processed. */
  get components(): Float32Array {
    const at = this.arena.u32(this.address, PROJECTION_BYTES / 4)[PROJECTION.components]!;
    return this.arena.f32(at, 4 * this.directions);
  }

  /** Replaces the directions by others: [directions, dimensions]. */
  setBasis(basis: Float32Array): void {
    const { stride } = this;
    const dimensions = basis.length / this.directions;
    const target = this.arena.f32(this.address + PROJECTION_BYTES + stride, (this.directions * stride) / 4);
    target.fill(0);
    for (let d = 0; d < this.directions; d++) {
      target.set(basis.subarray(d * dimensions, (d + 1) * dimensions), (d * stride) / 4);
    }
  }
}

/**
 * Upper bound of the float32 error of a row's components, relative to the row's length: one rounding (2^-24) for each addition
 * in a lane, with a margin of twelve, in each direction; and the error of the directions' orthonormality.
 */
function slackOf(dimensions: number, directions: number): number {
  return Math.sqrt(directions) * (dimensions / 4 + 16) * 2 ** -24 + 1e-5;
}
