/**
 * The structs shared with the WASM kernels; assembly/layout.ts says the same numbers. All fields are 4 bytes, given as
 * indexes of 32-bit words.
 */
export const SEGMENT = {
  rows: 0,
  count: 1,
  base: 2,
  quantized: 3,
  codes: 4,
  scales: 5,
  errors: 6,
  squares: 7,
  centre: 8,
  maxNorm: 9,
  maxCentred: 10,
  maxCode: 11,
} as const;

/** Bytes of a segment's struct, rounded up so that what follows is aligned. */
export const SEGMENT_BYTES = 64;

export const JOB = {
  metric: 0,
  dimensions: 1,
  stride: 2,
  codeStride: 3,
  queries: 4,
  queryCount: 5,
  heaps: 6,
  heapBytes: 7,
  segments: 8,
  segmentCount: 9,
  allowed: 10,
  scratch: 11,
  gamma: 12,
  useInt8: 13,
  cancelled: 14,
} as const;

export const JOB_BYTES = 64;

/** A heap: { i32 size, i32 capacity, 8 bytes } and then { f64 score, u32 position, 4 bytes } an entry. */
export const HEAP_HEADER_BYTES = 16;
export const HEAP_ENTRY_BYTES = 16;

/** Scratch a scan needs, besides four times an int8 row. */
export const SCRATCH_BYTES = 2048;

/** Memory below this offset is never used: an address of 0 means "none". */
export const MEMORY_BASE = 1024;

/** Rounds up to a multiple of `unit`, a power of two. Works beyond 2^31, where bit operations would not. */
export function alignUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
