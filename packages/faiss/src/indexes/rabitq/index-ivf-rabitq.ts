import type { VectorIndex } from "../../contract/vector-index.js";
import { BinaryWriter } from "../../format/binary-writer.js";
import type { IndexKind } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import { RaBitQCodec } from "../../kernels/rabitq-codec.js";
import type { CodeScorer } from "../../kernels/vector-codec.js";
import { IndexIVF, type IvfState } from "../ivf/index-ivf.js";
import { readIvfHeader, writeIvfHeader } from "../ivf/ivf-header.js";
import { readIvfState } from "../ivf/read-ivf-state.js";
import { writeInvertedLists } from "../ivf/write-inverted-lists.js";
import { readQueryBits, readRaBitQuantizer, writeRaBitQuantizer } from "./index-rabitq.js";

/** Type codes: those of one bit do not say their number of bits. */
const ONE_BIT = "Iwrq";
const MORE_BITS = "Iwrr";

/**
 * RaBitQ codes in lists, relative to their list's centroid. Read from files.
 *
 * @example
 * const index = await readIndexFile("ivf-rabitq.faiss");
 * if (index instanceof IndexIVFRaBitQ) index.nprobe = 16;
 */
export class IndexIVFRaBitQ extends IndexIVF<RaBitQCodec> {
  readonly kind = "IndexIVFRaBitQ";

  /** @param code its file's type code */
  constructor(
    state: IvfState<RaBitQCodec>,
    readonly code = MORE_BITS,
  ) {
    super(state);
  }

  protected withState(state: IvfState<RaBitQCodec>): this {
    return new IndexIVFRaBitQ(state, this.code) as this;
  }

  protected override encode(list: number, vector: Float32Array, target: Uint8Array): void {
    this.codecOf(list).encode(vector, target);
  }

  protected override decodeFrom(list: number, codes: Uint8Array, row: number, target: Float32Array): void {
    this.codecOf(list).decode(codes, row, target);
  }

  protected override scorer(query: Float32Array, list: number): CodeScorer {
    return this.codecOf(list).scorer(this.metric, query);
  }

  private codecOf(list: number): RaBitQCodec {
    return this.codec.around(this.quantizer.reconstruct(list));
  }
}

/** The record of `IndexIVFRaBitQ`. */
export const ivfRaBitQKind = {
  names: ["IndexIVFRaBitQ"],
  class: IndexIVFRaBitQ,
  codes: [ONE_BIT, MORE_BITS],
  supports: ["add", "addWithIds", "removeIds", "reconstruct", "write"],

  /** IVF header, quantizer, code size, whether by residual (codes are the same), bits of a query, lists. */
  async read(reader: IndexReader, code: string): Promise<IndexIVFRaBitQ> {
    const header = await readIvfHeader(reader, "IndexIVFRaBitQ");
    const bits = await readRaBitQuantizer(reader, header, code !== ONE_BIT);
    const codeSize = await reader.size();
    const byResidual = await reader.bool();
    const queryBits = await readQueryBits(reader);
    const centre = new Float32Array(header.dimensions);
    const codec = new RaBitQCodec(header.dimensions, bits, header.metric, queryBits, centre);
    reader.expect(codeSize === codec.codeSize, `Expected codes of ${codec.codeSize} bytes, got ${codeSize}.`);
    return new IndexIVFRaBitQ(await readIvfState(reader, header, codec, byResidual), code);
  },

  async *write(
    index: IndexIVFRaBitQ,
    writeInner: (index: VectorIndex) => AsyncGenerator<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    const { codec, code } = index;
    const writer = new BinaryWriter();
    writer.tag(code);
    yield* writeIvfHeader(writer, index, writeInner);
    writeRaBitQuantizer(writer, index, codec, code !== ONE_BIT);
    writer.size(codec.codeSize);
    writer.u8(index.byResidual ? 1 : 0);
    writer.u8(codec.queryBits);
    yield writer.flush();
    yield* writeInvertedLists(index.lists);
  },
} as const satisfies IndexKind<IndexIVFRaBitQ>;
