import { alignUp } from "./align-up.js";
import { mostDirections } from "./choose-count.js";
import { RowProjection } from "./row-projection.js";
import { SEGMENT, SEGMENT_BYTES } from "./segment.js";
import type { WasmArena } from "./wasm-arena.js";

/** The layout of a store's rows in memory. */
export interface RowLayout {
  readonly dimensions: number;
  /** Bytes of a float32 row, padded with zeros to a multiple of 16. */
  readonly stride: number;
  /** Bytes of an int8 row, padded likewise; 0 without an int8 copy. */
  readonly codeStride: number;
  /** Rows of a segment, a multiple of 8, so that each segment's part of a bitmap starts at a byte. */
  readonly segmentRows: number;
}

/**
 * float32 bytes of a segment: small enough to stay in the cache for a batch of queries, and to let a scan pause
 * between segments; large enough that preparing a query for each segment's centre costs only 1–2 %.
 */
export const SEGMENT_ROW_BYTES = 4 * 1024 * 1024;

/** Maximum rows of a segment: with few dimensions, a batch of queries would take too long for the rows of 4 MiB. */
const MAX_SEGMENT_ROWS = 1 << 14;

/** Minimum dimensions for an int8 copy: below, an int8 row saves too little compared with a float32 row. */
const MIN_INT8_DIMENSIONS = 32;

/**
 * The layout of rows with these dimensions.
 * @param options.int8 whether segments get an int8 copy
 * @param options.segmentRows rows of a segment; by default as many as fit into `segmentRowBytes`
 */
export function rowLayout(
  dimensions: number,
  options: { int8: boolean; segmentRowBytes?: number; segmentRows?: number },
): RowLayout {
  const { int8, segmentRowBytes = SEGMENT_ROW_BYTES } = options;
  const stride = alignUp(dimensions * 4, 16);
  return {
    dimensions,
    stride,
    codeStride: int8 && dimensions >= MIN_INT8_DIMENSIONS ? alignUp(dimensions, 16) : 0,
    segmentRows:
      options.segmentRows ??
      Math.min(MAX_SEGMENT_ROWS, Math.max(8, Math.floor(segmentRowBytes / stride / 8) * 8)),
  };
}

/** Number of rows from which a segment gets its int8 copy: their mean is then near that of all its rows. */
const INT8_FROM_ROWS = 256;

/** Consecutive rows in one arena, with an int8 copy once there are enough rows. */
export class RowSegment {
  readonly address: number;
  private length = 0;

  /** Size of a segment in bytes. */
  static bytes({ stride, codeStride, segmentRows }: RowLayout): number {
    const int8 = codeStride === 0 ? 0 : segmentRows * (codeStride + 3 * 4) + stride;
    return SEGMENT_BYTES + segmentRows * stride + int8;
  }

  /** Maximum size of its rows' projections in bytes. */
  static projectionBytes({ dimensions, codeStride, segmentRows }: RowLayout): number {
    return codeStride === 0 ? 0 : segmentRows * RowProjection.rowBytes(mostDirections(dimensions));
  }

  /** @param base position of the first row within the arena */
  constructor(
    private readonly arena: WasmArena,
    private readonly layout: RowLayout,
    readonly base: number,
  ) {
    const { stride, codeStride, segmentRows } = layout;
    this.address = arena.reserve(RowSegment.bytes(layout));
    const rows = this.address + SEGMENT_BYTES;
    const codes = rows + segmentRows * stride;
    const scales = codes + segmentRows * codeStride;
    this.words.fill(0);
    this.set("rows", rows);
    this.set("base", base);
    this.set("codes", codes);
    this.set("scales", scales);
    this.set("errors", scales + segmentRows * 4);
    this.set("squares", scales + segmentRows * 8);
    this.set("centre", scales + segmentRows * 12);
  }

  get count(): number {
    return this.length;
  }

  get room(): number {
    return this.layout.segmentRows - this.length;
  }

  /** A view of the padded rows first…first+count-1. */
  rows(first: number, count: number): Float32Array {
    const { stride } = this.layout;
    return this.arena.f32(this.rowAddress(first), (count * stride) / 4);
  }

  /** Address of a padded row. */
  rowAddress(row: number): number {
    return this.address + SEGMENT_BYTES + row * this.layout.stride;
  }

  /** Appends a copy of dense rows; there must be room. */
  append(dense: Float32Array): void {
    const { dimensions, stride } = this.layout;
    const count = dense.length / dimensions;
    const target = this.rows(this.length, count);
    if (dimensions * 4 === stride) target.set(dense);
    else {
      for (let row = 0; row < count; row++) {
        const start = (row * stride) / 4;
        target.set(dense.subarray(row * dimensions, (row + 1) * dimensions), start);
        target.fill(0, start + dimensions, start + stride / 4);
      }
    }
    this.accept(count);
  }

  /** Counts `count` more rows that are already in place, and adds them to the int8 copy. */
  accept(count: number): void {
    const { stride, codeStride, segmentRows } = this.layout;
    const before = this.length;
    this.length += count;
    this.set("count", this.length);
    this.arena.kernels.measureRows(this.address, before, stride);
    if (codeStride > 0 && this.length >= Math.min(INT8_FROM_ROWS, segmentRows)) {
      this.arena.kernels.quantizeSegment(this.address, stride, codeStride);
    }
  }

  /** Number of rows with a projection, which are the first ones. */
  get projected(): number {
    return this.words[SEGMENT.projected]!;
  }

  /** Number of rows with an int8 copy but without a projection. */
  get unprojected(): number {
    return this.words[SEGMENT.quantized]! - this.projected;
  }

  /** Codes the projections of at most `count` more rows, a multiple of four. */
  project(projection: RowProjection, count: number): void {
    const { stride, segmentRows } = this.layout;
    if (this.words[SEGMENT.projections] === 0) {
      this.set("projections", this.arena.reserve(segmentRows * projection.rowBytes));
    }
    const first = this.projected;
    const last = Math.min(first + count, this.words[SEGMENT.quantized]!);
    this.arena.kernels.projectSegment(this.address, projection.address, stride, first, last);
  }

  /** Drops the rows from `count` on. */
  truncate(count: number): void {
    if (count >= this.length) return;
    this.length = count;
    this.set("count", count);
    // Whole groups of four stay in the int8 copy; the largest norms also stay, and are valid for fewer rows.
    this.set("quantized", Math.min(this.words[SEGMENT.quantized]!, count & ~3));
    this.set("projected", Math.min(this.words[SEGMENT.projected]!, count & ~3));
  }

  private get words(): Uint32Array {
    return this.arena.u32(this.address, SEGMENT_BYTES / 4);
  }

  private set(field: keyof typeof SEGMENT, value: number): void {
    this.words[SEGMENT[field]] = value;
  }
}
