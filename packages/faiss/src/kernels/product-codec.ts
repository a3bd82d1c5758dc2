import type { Metric } from "../contract/metric.js";
import type { CodeScorer, VectorCodec } from "./vector-codec.js";

/**
 * Product quantisation: a vector cut into `parts`, each replaced by the number of its nearest of 2^bits centroids.
 * A query is compared with all centroids once; a code's score is then a sum of `parts` table entries.
 */
export class ProductCodec implements VectorCodec {
  readonly codeSize: number;
  private readonly partDimensions: number;

  /** @param centroids shape [parts, 2^bits, dimensions / parts] */
  constructor(
    readonly dimensions: number,
    readonly parts: number,
    readonly bits: number,
    readonly centroids: Float32Array,
  ) {
    this.codeSize = Math.ceil((parts * bits) / 8);
    this.partDimensions = dimensions / parts;
  }

  decode(codes: Uint8Array, row: number, target: Float32Array): void {
    const { partDimensions } = this;
    const perPart = 2 ** this.bits;
    for (let part = 0; part < this.parts; part++) {
      const centroid = (part * perPart + this.codeAt(codes, row, part)) * partDimensions;
      target.set(this.centroids.subarray(centroid, centroid + partDimensions), part * partDimensions);
    }
  }

  scorer(metric: Metric, query: Float32Array, count: number): CodeScorer {
    const perPart = 2 ** this.bits;
    const { parts } = this;
    if (count < perPart) {
      // A table would have more entries than are looked up; these are the same sums.
      return (codes, row) => {
        let score = 0;
        for (let part = 0; part < parts; part++) {
          score += this.scoreEntry(metric, query, part * perPart + this.codeAt(codes, row, part));
        }
        return score;
      };
    }
    const table = this.scoreTable(metric, query);
    return (codes, row) => {
      let score = 0;
      for (let part = 0; part < parts; part++)
        score += table[part * perPart + this.codeAt(codes, row, part)]!;
      return score;
    };
  }

  /** Scores of each part of the query with each centroid of that part: [parts, 2^bits]. */
  private scoreTable(metric: Metric, query: Float32Array): Float64Array {
    const table = new Float64Array(this.parts * 2 ** this.bits);
    for (let entry = 0; entry < table.length; entry++) table[entry] = this.scoreEntry(metric, query, entry);
    return table;
  }

  private scoreEntry(metric: Metric, query: Float32Array, entry: number): number {
    const { partDimensions, centroids } = this;
    const queryStart = Math.floor(entry / 2 ** this.bits) * partDimensions;
    let sum = 0;
    for (let i = 0; i < partDimensions; i++) {
      const q = query[queryStart + i]!;
      const c = centroids[entry * partDimensions + i]!;
      sum += metric === "inner_product" ? q * c : -(q - c) * (q - c);
    }
    return sum;
  }

  /** Codes are packed from the lowest bit up; at 8 bits they are bytes. */
  private codeAt(codes: Uint8Array, row: number, part: number): number {
    const start = row * this.codeSize;
    if (this.bits === 8) return codes[start + part]!;
    const bit = part * this.bits;
    const at = start + (bit >> 3);
    // Up to 16 bits from up to three bytes.
    const window = codes[at]! | ((codes[at + 1] ?? 0) << 8) | ((codes[at + 2] ?? 0) << 16);
    return (window >> (bit & 7)) & (2 ** this.bits - 1);
  }
}
