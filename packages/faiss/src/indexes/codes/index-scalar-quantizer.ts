import type { Metric } from "../../contract/metric.js";
import { readHeader } from "../../format/index-header.js";
import type { IndexKind } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import type { ScalarCodec } from "../../kernels/scalar-codec.js";
import { IndexCodes } from "./index-codes.js";
import { readCodes } from "./read-codes.js";
import { readScalarCodec } from "./read-scalar-codec.js";

/**
 * Each element in 4 to 16 bits. Read from files.
 *
 * @example
 * const index = await readIndexFile("sq8.faiss"); // an IndexScalarQuantizer
 * await index.search(query, 10);
 */
export class IndexScalarQuantizer extends IndexCodes {
  readonly kind = "IndexScalarQuantizer";

  constructor(
    metric: Metric,
    override readonly codec: ScalarCodec,
    codes: Uint8Array,
  ) {
    super(metric, codec, codes);
  }

  // What never changes can be shared.
  async clone(): Promise<IndexScalarQuantizer> {
    return new IndexScalarQuantizer(this.metric, this.codec, this.codes);
  }
}

/** The record of `IndexScalarQuantizer`. */
export const scalarQuantizerKind = {
  names: ["IndexScalarQuantizer"],
  class: IndexScalarQuantizer,
  codes: ["IxSQ"],
  supports: ["reconstruct"],

  async read(reader: IndexReader): Promise<IndexScalarQuantizer> {
    const { dimensions, ntotal, metric } = await readHeader(reader, "IndexScalarQuantizer");
    const codec = await readScalarCodec(reader, dimensions);
    return new IndexScalarQuantizer(metric, codec, await readCodes(reader, ntotal * codec.codeSize));
  },
} as const satisfies IndexKind<IndexScalarQuantizer>;
