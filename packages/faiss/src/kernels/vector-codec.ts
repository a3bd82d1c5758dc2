import type { Metric } from "../contract/metric.js";

/**
 * Scores row `row` of `codes`; larger is nearer. NaN for a row that is considered worse than `threshold` from a part of
 * its code.
 */
export type CodeScorer = (codes: Uint8Array, row: number, threshold: number) => number;

/** Converts vectors to codes of a fixed number of bytes, and compares queries with them. */
export interface VectorCodec {
  readonly dimensions: number;
  /** Bytes of a code. */
  readonly codeSize: number;
  /** Decodes code `row` to `target`. */
  decode(codes: Uint8Array, row: number, target: Float32Array): void;
  /** Writes a vector's code to `target`, which has `codeSize` bytes, all 0; missing in codecs that cannot encode. */
  encode?(vector: Float32Array, target: Uint8Array): void;
  /**
   * Compares one query with many codes; valid until the next call of `scorer`.
   * @param count approximate number of codes to compare, which decides whether preparation is worthwhile
   */
  scorer(metric: Metric, query: Float32Array, count: number): CodeScorer;
}
