import { BinaryWriter } from "../../format/binary-writer.js";
import { readHeader, writeHeader } from "../../format/index-header.js";
import type { IndexKind } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import type { ProductCodec } from "../../kernels/product-codec.js";
import type { GrowingCodes } from "./growing-codes.js";
import { type CodesState, IndexCodes } from "./index-codes.js";
import { readCodes } from "./read-codes.js";
import { readProductCodec } from "./read-product-codec.js";
import { writeCodes } from "./write-codes.js";
import { writeProductCodec } from "./write-product-codec.js";

/** faiss's search settings, kept for the file. Here all searches use plain distances. */
interface PqSearch {
  readonly type: number;
  readonly encodeSigns: boolean;
  readonly polysemousThreshold: number;
}

/**
 * Product quantisation: each part of a vector is the number of a centroid. Read from files.
 *
 * @example
 * const index = await readIndexFile("pq.faiss"); // an IndexPQ
 * await index.search(query, 10);
 */
export class IndexPQ extends IndexCodes<ProductCodec> {
  readonly kind = "IndexPQ";

  constructor(
    state: CodesState<ProductCodec>,
    readonly pqSearch: PqSearch,
  ) {
    super(state);
  }

  protected withCodes(codes: GrowingCodes): this {
    return new IndexPQ({ ...this, codes }, this.pqSearch) as this;
  }
}

/** The record of `IndexPQ`. */
export const pqKind = {
  names: ["IndexPQ"],
  class: IndexPQ,
  codes: ["IxPq"],
  supports: ["add", "removeIds", "reconstruct", "write"],

  /** Reads header, quantizer, codes, faiss's search settings. */
  async read(reader: IndexReader): Promise<IndexPQ> {
    const { dimensions, ntotal, metric, isTrained } = await readHeader(reader, "IndexPQ");
    const codec = await readProductCodec(reader, dimensions);
    const codes = await readCodes(reader, ntotal, codec.codeSize);
    return new IndexPQ(
      { metric, codec, codes, isTrained },
      {
        type: await reader.i32(),
        encodeSigns: await reader.bool(),
        polysemousThreshold: await reader.i32(),
      },
    );
  },

  async *write(index: IndexPQ): AsyncGenerator<Uint8Array> {
    const writer = new BinaryWriter();
    writer.tag("IxPq");
    writeHeader(writer, index);
    writeProductCodec(writer, index.codec);
    yield* writeCodes(writer, index.codes);
    writer.i32(index.pqSearch.type);
    writer.u8(index.pqSearch.encodeSigns ? 1 : 0);
    writer.i32(index.pqSearch.polysemousThreshold);
    yield writer.flush();
  },
} as const satisfies IndexKind<IndexPQ>;
