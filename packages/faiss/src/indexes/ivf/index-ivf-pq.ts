import type { IndexKind } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import { readProductCodec } from "../codes/read-product-codec.js";
import { IndexIVFCodes } from "./index-ivf-codes.js";
import { readIvfHeader } from "./ivf-header.js";
import { readIvfState } from "./read-ivf-state.js";

/**
 * Product-quantised vectors in lists, read from files.
 *
 * @example
 * const index = await readIndexFile("ivfpq.faiss");
 * if (index instanceof IndexIVFPQ) index.nprobe = 16;
 */
export class IndexIVFPQ extends IndexIVFCodes {
  readonly kind = "IndexIVFPQ";

  async clone(): Promise<IndexIVFPQ> {
    return new IndexIVFPQ(await this.cloneState());
  }
}

/** The record of `IndexIVFPQ`. */
export const ivfPqKind = {
  names: ["IndexIVFPQ"],
  class: IndexIVFPQ,
  codes: ["IwPQ"],
  supports: ["removeIds", "reconstruct"],

  async read(reader: IndexReader): Promise<IndexIVFPQ> {
    const header = await readIvfHeader(reader, "IndexIVFPQ");
    const byResidual = await reader.bool();
    const codeSize = await reader.size();
    const codec = await readProductCodec(reader, header.dimensions);
    reader.expect(codeSize === codec.codeSize, `Expected codes of ${codec.codeSize} bytes, got ${codeSize}.`);
    return new IndexIVFPQ(await readIvfState(reader, header, codec, byResidual));
  },
} as const satisfies IndexKind<IndexIVFPQ>;
