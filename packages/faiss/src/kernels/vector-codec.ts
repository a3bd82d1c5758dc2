import type { Metric } from "../contract/metric.js";

/**
 * Scores row `row` of `codes`: larger is nearer. NaN for a row that it takes for worse than `threshold` without a look at all of
 * its code.
 */
export type CodeScorer = (codes: Uint8Array, row: number, threshold: number) => number;

/** How vectors are stored as codes of a fixed number of bytes. */
export interface VectorCodec {
  readonly dimensions: number;
  /** Bytes of a code. */
  readonly codeSize: number;
  /** Writes the vector that code `row` stands for to `target`. */
  decode(codes: Uint8Array, row: number, target: Float32Array): void;
  /** Writes a vector's code to `target`, which has `codeSize` bytes, all 0; missing in codecs that cannot encode. */
  encode?(vector: Float32Array, target: Uint8Array): void;
  /**
   * Compares one query with many codes; good until the next call of `scorer`.
   * @param count codes that it will be compared with, about: whether preparing for them pays
   */
  scorer(metric: Metric, query: Float32Array, count: number): CodeScorer;
}
