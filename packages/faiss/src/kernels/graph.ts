/** The graph's struct, as in assembly/graph-layout.ts. Values are indexes of 32-bit words. */
export const GRAPH = {
  rows: 0,
  codes: 1,
  links: 2,
  shift: 3,
  stride: 4,
  codeStride: 5,
  metric: 6,
  slots: 7,
  entry: 8,
  maxLevel: 9,
  epoch: 10,
  centre: 11,
  dimensions: 12,
  candidates: 13,
  candidateCapacity: 14,
  results: 15,
  selection: 16,
  allowed: 17,
  levelWidth: 18,
  encoded: 19,
  maxNorm: 20,
  maxCentred: 21,
  maxCode: 22,
  count: 23,
  marks: 32,
  maxVisits: 33,
} as const;

/** Two float64 sums over encoded rows, of two words each; only the kernels use them. */
const SUMS = [28, 29, 30, 31] as const;

/** Words that depend on the encoded rows. */
export const ENCODING_WORDS = [
  GRAPH.encoded,
  GRAPH.maxNorm,
  GRAPH.maxCentred,
  GRAPH.maxCode,
  ...SUMS,
] as const;

export const GRAPH_BYTES = 144;

/** Bytes at the start of an int8 code: its scale, term, error and square. */
export const CODE_HEADER_BYTES = 16;

/** A { distance, node } pair. */
export const PAIR_BYTES = 8;
