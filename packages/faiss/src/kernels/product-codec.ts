import type { Metric } from "../contract/metric.js";
import { readBits, writeBits } from "./read-bits.js";
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

  /** Encodes each part as its nearest centroid; the first of equally near ones. */
  encode(vector: Float32Array, target: Uint8Array): void {
    const perPart = 2 ** this.bits;
    for (let part = 0; part < this.parts; part++) {
      let [nearest, best] = [0, -Infinity];
      for (let entry = 0; entry < perPart; entry++) {
        const score = this.scoreEntry("l2", vector, part * perPart + entry);
        if (score > best) [nearest, best] = [entry, score];
      }
      writeBits(target, part * this.bits, this.bits, nearest);
    }
  }

  scorer(metric: Metric, query: Float32Array, count: number): CodeScorer {
    const perPart = 2 ** this.bits;
    const { parts } = this;
    if (count < perPart) {
      // A table would have more entries than lookups; compute the same sums directly.
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
  protected scoreTable(metric: Metric, query: Float32Array): Float64Array {
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

  /** The code of a part. Codes are packed from the lowest bit up; with 8 bits they are bytes. */
  protected codeAt(codes: Uint8Array, row: number, part: number): number {
    const start = row * this.codeSize;
    if (this.bits === 8) return codes[start + part]!;
    return readBits(codes, start, part * this.bits, this.bits);
  }
}
