import type { Metric } from "../contract/metric.js";
import { ProductCodec } from "./product-codec.js";
import { roundTable, rowRanges } from "./round-table.js";
import type { CodeScorer } from "./vector-codec.js";

/** Entries of the table of a part: fast scan has 4 bits. */
const ENTRIES = 16;

/** A 4-bit product quantizer that sums table entries rounded to 8 bits, with the same distances as faiss's fast scan. */
export class FastScanCodec extends ProductCodec {
  constructor(dimensions: number, parts: number, centroids: Float32Array) {
    super(dimensions, parts, 4, centroids);
  }

  override scorer(metric: Metric, query: Float32Array): CodeScorer {
    const table = this.distanceTable(metric, query);
    const { least, widest, leasts } = rowRanges(table, ENTRIES);
    const scale = widest > 0 ? Math.fround(255 / widest) : 0;
    const sum = this.summer(roundTable(table, ENTRIES, least, scale));
    return toScore(metric, sum, scale, leasts);
  }

  /** Distances (for the inner product, similarities) of the query's parts to their centroids: [parts, 16]. */
  distanceTable(metric: Metric, query: Float32Array): Float64Array {
    const table = this.scoreTable(metric, query);
    return metric === "inner_product" ? table : table.map((score) => -score);
  }

  /** A function that sums the entries of a rounded table for a code. */
  summer(rounded: Uint8Array): (codes: Uint8Array, row: number) => number {
    const { parts, codeSize } = this;
    return (codes, row) => {
      const start = row * codeSize;
      let sum = 0;
      for (let part = 0; part < parts; part++) {
        const entry = (codes[start + (part >> 1)]! >> ((part & 1) << 2)) & 15;
        sum += rounded[part * ENTRIES + entry]!;
      }
      return sum;
    };
  }
}

/** The score of a sum of rounded entries. */
export function toScore(
  metric: Metric,
  sum: (codes: Uint8Array, row: number) => number,
  scale: number,
  offset: number,
): CodeScorer {
  const sign = metric === "inner_product" ? 1 : -1;
  return (codes, row) => sign * ((scale === 0 ? 0 : sum(codes, row) / scale) + offset);
}
