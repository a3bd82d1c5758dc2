import type { Metric } from "../../contract/metric.js";
import { readHeader } from "../../format/index-header.js";
import type { IndexKind } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import type { ProductCodec } from "../../kernels/product-codec.js";
import { IndexCodes } from "./index-codes.js";
import { readCodes } from "./read-codes.js";
import { readProductCodec } from "./read-product-codec.js";

/**
 * Product quantisation: a vector in parts, each as the number of a centroid. Read from files.
 *
 * @example
 * const index = await readIndexFile("pq.faiss"); // an IndexPQ
 * await index.search(query, 10);
 */
export class IndexPQ extends IndexCodes {
  readonly kind = "IndexPQ";

  constructor(
    metric: Metric,
    override readonly codec: ProductCodec,
    codes: Uint8Array,
  ) {
    super(metric, codec, codes);
  }

  async clone(): Promise<IndexPQ> {
    return new IndexPQ(this.metric, this.codec, this.codes);
  }
}

/** The record of `IndexPQ`. */
export const pqKind = {
  names: ["IndexPQ"],
  class: IndexPQ,
  codes: ["IxPq"],
  supports: ["reconstruct"],

  /** Codes, then how Python would search; only the plain way is the same for all. */
  async read(reader: IndexReader): Promise<IndexPQ> {
    const { dimensions, ntotal, metric } = await readHeader(reader, "IndexPQ");
    const codec = await readProductCodec(reader, dimensions);
    const codes = await readCodes(reader, ntotal * codec.codeSize);
    await reader.i32();
    await reader.bool();
    await reader.i32();
    return new IndexPQ(metric, codec, codes);
  },
} as const satisfies IndexKind<IndexPQ>;
