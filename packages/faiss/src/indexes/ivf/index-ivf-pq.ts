import type { VectorIndex } from "../../contract/vector-index.js";
import { BinaryWriter } from "../../format/binary-writer.js";
import type { IndexKind } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import type { ProductCodec } from "../../kernels/product-codec.js";
import { readProductCodec } from "../codes/read-product-codec.js";
import { writeProductCodec } from "../codes/write-product-codec.js";
import { IndexIVF, type IvfState } from "./index-ivf.js";
import { readIvfHeader, writeIvfHeader } from "./ivf-header.js";
import { readIvfState } from "./read-ivf-state.js";
import { writeInvertedLists } from "./write-inverted-lists.js";

/**
 * Product-quantised vectors in lists, read from files.
 *
 * @example
 * const index = await readIndexFile("ivfpq.faiss");
 * if (index instanceof IndexIVFPQ) index.nprobe = 16;
 */
export class IndexIVFPQ extends IndexIVF<ProductCodec> {
  readonly kind = "IndexIVFPQ";

  protected withState(state: IvfState<ProductCodec>): this {
    return new IndexIVFPQ(state) as this;
  }
}

/** The record of `IndexIVFPQ`. */
export const ivfPqKind = {
  names: ["IndexIVFPQ"],
  class: IndexIVFPQ,
  codes: ["IwPQ"],
  supports: ["add", "addWithIds", "removeIds", "reconstruct", "write"],

  /** Reads IVF header, quantizer, lists. */
  async read(reader: IndexReader): Promise<IndexIVFPQ> {
    const header = await readIvfHeader(reader, "IndexIVFPQ");
    const byResidual = await reader.bool();
    const codeSize = await reader.size();
    const codec = await readProductCodec(reader, header.dimensions);
    reader.expect(codeSize === codec.codeSize, `Expected codes of ${codec.codeSize} bytes, got ${codeSize}.`);
    return new IndexIVFPQ(await readIvfState(reader, header, codec, byResidual));
  },

  async *write(
    index: IndexIVFPQ,
    writeInner: (index: VectorIndex) => AsyncGenerator<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    const writer = new BinaryWriter();
    writer.tag("IwPQ");
    yield* writeIvfHeader(writer, index, writeInner);
    writer.u8(index.byResidual ? 1 : 0);
    writer.size(index.codec.codeSize);
    writeProductCodec(writer, index.codec);
    yield writer.flush();
    yield* writeInvertedLists(index.lists);
  },
} as const satisfies IndexKind<IndexIVFPQ>;
