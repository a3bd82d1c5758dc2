/**
 * The struct of a scan of RaBitQ codes, shared with the WASM kernels (assembly/rabitq-layout.ts). The first object has indexes of 32-bit words,
 * the second of float64 words.
 */
export const RABITQ_JOB = {
  codes: 0,
  count: 1,
  codeSize: 2,
  signBytes: 3,
  blocks: 4,
  dimensions: 5,
  metric: 6,
  extraBits: 7,
  queryBits: 8,
  shared: 9,
  query: 10,
  centre: 11,
  rotated: 12,
  values: 13,
  sums: 14,
  rounded: 15,
  centreSums: 16,
  allowed: 17,
  heap: 18,
  first: 19,
  elements: 120,
} as const;

export const RABITQ_NUMBERS = { scale: 10, apart: 12, total: 14, width: 15 } as const;

export const RABITQ_JOB_BYTES = 512;
