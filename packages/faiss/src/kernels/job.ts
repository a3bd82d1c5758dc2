/**
 * The struct of a scan, shared with the WASM kernels (assembly/layout.ts). All fields have 4 bytes;
 * values are indexes of 32-bit words.
 */
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
  projection: 15,
  bounds: 16,
  bounded: 17,
  segmentGroups: 18,
  seeds: 19,
  seedBytes: 20,
  projectedQueries: 21,
  batch: 22,
} as const;

export const JOB_BYTES = 96;

/** Bytes of scratch memory of a scan, besides four int8 rows. */
export const SCRATCH_BYTES = 2048;

/** Bytes of a query's parts in the scratch memory of a batch (assembly/query-parts.ts). */
export const PARTS_BYTES = 32;
