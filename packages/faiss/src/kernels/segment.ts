/**
 * The struct of a segment of rows, shared with the WASM kernels (assembly/layout.ts). All fields have 4 bytes;
 * values are indexes of 32-bit words.
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
  projected: 12,
  projections: 13,
} as const;

/** Bytes of a segment's struct, rounded up for alignment. */
export const SEGMENT_BYTES = 64;
