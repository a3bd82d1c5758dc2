import { BinaryWriter } from "../../format/binary-writer.js";
import { readHeader, writeHeader } from "../../format/index-header.js";
import type { IndexKind } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import type { ScalarCodec } from "../../kernels/scalar-codec.js";
import type { GrowingCodes } from "./growing-codes.js";
import { IndexCodes } from "./index-codes.js";
import { readCodes } from "./read-codes.js";
import { readScalarCodec } from "./read-scalar-codec.js";
import { writeCodes } from "./write-codes.js";
import { writeScalarCodec } from "./write-scalar-codec.js";

/**
 * Scalar quantisation: each element is a code of 1 to 16 bits. Read from files.
 *
 * @example
 * const index = await readIndexFile("sq8.faiss"); // an IndexScalarQuantizer
 * await index.search(query, 10);
 */
export class IndexScalarQuantizer extends IndexCodes<ScalarCodec> {
  readonly kind = "IndexScalarQuantizer";

  protected withCodes(codes: GrowingCodes): this {
    return new IndexScalarQuantizer({ ...this, codes }) as this;
  }
}

/** The record of `IndexScalarQuantizer`. */
export const scalarQuantizerKind = {
  names: ["IndexScalarQuantizer"],
  class: IndexScalarQuantizer,
  codes: ["IxSQ"],
  supports: ["add", "removeIds", "reconstruct", "write"],

  /** Reads header, quantizer, codes. */
  async read(reader: IndexReader): Promise<IndexScalarQuantizer> {
    const { dimensions, ntotal, metric, isTrained } = await readHeader(reader, "IndexScalarQuantizer");
    const codec = await readScalarCodec(reader, dimensions, isTrained);
    const codes = await readCodes(reader, ntotal, codec.codeSize);
    return new IndexScalarQuantizer({ metric, codec, codes, isTrained });
  },

  async *write(index: IndexScalarQuantizer): AsyncGenerator<Uint8Array> {
    const writer = new BinaryWriter();
    writer.tag("IxSQ");
    writeHeader(writer, index);
    writeScalarCodec(writer, index.codec);
    yield* writeCodes(writer, index.codes);
  },
} as const satisfies IndexKind<IndexScalarQuantizer>;
