import type { IndexKind } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import { readScalarCodec } from "../codes/read-scalar-codec.js";
import { IndexIVFCodes } from "./index-ivf-codes.js";
import { readIvfHeader } from "./ivf-header.js";
import { readIvfState } from "./read-ivf-state.js";

/**
 * Scalar-quantised vectors in lists, read from files.
 *
 * @example
 * const index = await readIndexFile("ivfsq.faiss");
 * if (index instanceof IndexIVFScalarQuantizer) index.nprobe = 16;
 */
export class IndexIVFScalarQuantizer extends IndexIVFCodes {
  readonly kind = "IndexIVFScalarQuantizer";

  async clone(): Promise<IndexIVFScalarQuantizer> {
    return new IndexIVFScalarQuantizer(await this.cloneState());
  }
}

/** The record of `IndexIVFScalarQuantizer`. */
export const ivfScalarQuantizerKind = {
  names: ["IndexIVFScalarQuantizer"],
  class: IndexIVFScalarQuantizer,
  codes: ["IwSq"],
  supports: ["removeIds", "reconstruct"],

  async read(reader: IndexReader): Promise<IndexIVFScalarQuantizer> {
    const header = await readIvfHeader(reader, "IndexIVFScalarQuantizer");
    const codec = await readScalarCodec(reader, header.dimensions);
    const codeSize = await reader.size();
    reader.expect(codeSize === codec.codeSize, `Expected codes of ${codec.codeSize} bytes, got ${codeSize}.`);
    const byResidual = await reader.bool();
    return new IndexIVFScalarQuantizer(await readIvfState(reader, header, codec, byResidual));
  },
} as const satisfies IndexKind<IndexIVFScalarQuantizer>;
