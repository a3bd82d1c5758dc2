import type { Metric } from "../contract/metric.js";
import type { CodeScorer } from "./vector-codec.js";

/** Reads and writes codes of a scalar quantizer. */
export interface ElementCodec {
  /** @param start the code's first byte */
  decode(codes: Uint8Array, start: number, target: Float32Array): void;
  /** @param code bytes of the code, all 0 */
  encode(vector: Float32Array, code: Uint8Array): void;
  /** Estimates scores, for codes that contain more than the decoded vector. */
  scorer?(metric: Metric, query: Float32Array): CodeScorer;
}
