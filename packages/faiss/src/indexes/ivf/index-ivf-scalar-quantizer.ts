import type { VectorIndex } from "../../contract/vector-index.js";
import { BinaryWriter } from "../../format/binary-writer.js";
import type { IndexKind } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import type { ScalarCodec } from "../../kernels/scalar-codec.js";
import { readScalarCodec } from "../codes/read-scalar-codec.js";
import { writeScalarCodec } from "../codes/write-scalar-codec.js";
import { IndexIVF, type IvfState } from "./index-ivf.js";
import { readIvfHeader, writeIvfHeader } from "./ivf-header.js";
import { readIvfState } from "./read-ivf-state.js";
import { writeInvertedLists } from "./write-inverted-lists.js";

/**
 * Scalar-quantised vectors in lists, read from files.
 *
 * @example
 * const index = await readIndexFile("ivfsq.faiss");
 * if (index instanceof IndexIVFScalarQuantizer) index.nprobe = 16;
 */
export class IndexIVFScalarQuantizer extends IndexIVF<ScalarCodec> {
  readonly kind = "IndexIVFScalarQuantizer";

  protected withState(state: IvfState<ScalarCodec>): this {
    return new IndexIVFScalarQuantizer(state) as this;
  }
}

/** The record of `IndexIVFScalarQuantizer`. */
export const ivfScalarQuantizerKind = {
  names: ["IndexIVFScalarQuantizer"],
  class: IndexIVFScalarQuantizer,
  codes: ["IwSq"],
  supports: ["add", "addWithIds", "removeIds", "reconstruct", "write"],

  /** Reads IVF header, quantizer, lists. */
  async read(reader: IndexReader): Promise<IndexIVFScalarQuantizer> {
    const header = await readIvfHeader(reader, "IndexIVFScalarQuantizer");
    const codec = await readScalarCodec(reader, header.dimensions, header.isTrained);
    const codeSize = await reader.size();
    reader.expect(codeSize === codec.codeSize, `Expected codes of ${codec.codeSize} bytes, got ${codeSize}.`);
    const byResidual = await reader.bool();
    // Codes without bits decode to their list's centroid, even if the file says otherwise.
    const isCentroid = codec.codeSize === 0;
    return new IndexIVFScalarQuantizer(await readIvfState(reader, header, codec, byResidual || isCentroid));
  },

  async *write(
    index: IndexIVFScalarQuantizer,
    writeInner: (index: VectorIndex) => AsyncGenerator<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    const writer = new BinaryWriter();
    writer.tag("IwSq");
    yield* writeIvfHeader(writer, index, writeInner);
    writeScalarCodec(writer, index.codec);
    writer.size(index.codec.codeSize);
    writer.u8(index.byResidual && index.codec.codeSize > 0 ? 1 : 0);
    yield writer.flush();
    yield* writeInvertedLists(index.lists);
  },
} as const satisfies IndexKind<IndexIVFScalarQuantizer>;
