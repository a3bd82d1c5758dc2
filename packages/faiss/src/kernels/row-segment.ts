import { alignUp } from "./align-up.js";
import { mostDirections } from "./choose-count.js";
import { RowProjection } from "./row-projection.js";
import { SEGMENT, SEGMENT_BYTES } from "./segment.js";
import type { WasmArena } from "./wasm-arena.js";

/** How the rows of a store are laid out in memory. */
export interface RowLayout {
  readonly dimensions: number;
  /** Bytes of a float32 row, padded with zeros to a multiple of 16. */
  readonly stride: number;
  /** Bytes of an int8 row, padded likewise; 0 without an int8 copy. */
  readonly codeStride: number;
  /** Rows a segment holds, a multiple of 8 so that each segment's part of a bitmap starts at a byte. */
  readonly segmentRows: number;
}

/**
 * float32 bytes of a segment: small enough that a batch of queries finds it in the cache and that a scan can pause
 * between segments, large enough that preparing a query for each segment's centre costs 1–2 %.
 */
export const SEGMENT_ROW_BYTES = 4 * 1024 * 1024;

/** Rows of a segment at most: with few dimensions, those of 4 MiB would take a batch of queries too long. */
const MAX_SEGMENT_ROWS = 1 << 14;

/** Below this many dimensions an int8 row saves too little over a float32 row to pay for its bounds. */
const MIN_INT8_DIMENSIONS = 32;

/**
 * @param options.int8 whether segments get an int8 copy
 * @param options.segmentRows rows of a segment; by default as many as `segmentRowBytes` hold
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

/** Rows from which on a segment gets its int8 copy: their mean is then near that of all rows to come. */
const INT8_FROM_ROWS = 256;

/** Consecutive rows in one arena, with their int8 copy once they are enough. */
export class RowSegment {
  readonly address: number;
  private length = 0;

  /** Bytes that a segment takes. */
  static bytes({ stride, codeStride, segmentRows }: RowLayout): number {
    const int8 = codeStride === 0 ? 0 : segmentRows * (codeStride + 3 * 4) + stride;
    return SEGMENT_BYTES + segmentRows * stride + int8;
  }

  /** Bytes that its rows' projections take at most, should they get any. */
  static projectionBytes({ dimensions, codeStride, segmentRows }: RowLayout): number {
    return codeStride === 0 ? 0 : (segmentRows / 4) * RowProjection.groupBytes(mostDirections(dimensions));
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

  /** The padded rows first…first+count-1, as they lie. */
  rows(first: number, count: number): Float32Array {
    const { stride } = this.layout;
    return this.arena.f32(this.address + SEGMENT_BYTES + first * stride, (count * stride) / 4);
  }

  /** Copies dense rows in at the end; there must be room. */
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

  /** Rows that have a projection, the first ones. */
  get projected(): number {
    return this.words[SEGMENT.projected]!;
  }

  /** Rows that have an int8 copy and no projection yet. */
  get unprojected(): number {
    return this.words[SEGMENT.quantized]! - this.projected;
  }

  /** Codes the projections of at most `count` more rows, a multiple of four. */
  project(projection: RowProjection, count: number): void {
    const { stride, segmentRows } = this.layout;
    if (this.words[SEGMENT.projections] === 0) {
      this.set("projections", this.arena.reserve((segmentRows / 4) * projection.groupBytes));
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
    // Whole groups of four stay in the int8 copy; the largest norms stay too, and are large enough for fewer rows.
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
