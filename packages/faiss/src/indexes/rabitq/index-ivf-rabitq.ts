import { checkKnownOptions } from "@secondpass/core";
import { checkInteger } from "../../checks/check-integer.js";
import { checkKMeansOptions } from "../../checks/check-work-options.js";
import type { VectorIndex } from "../../contract/vector-index.js";
import { BinaryWriter } from "../../format/binary-writer.js";
import type { IndexKind } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import { hasWasmSimd } from "../../kernels/kernels.js";
import { RaBitQCodec } from "../../kernels/rabitq-codec.js";
import type { CodeScorer } from "../../kernels/vector-codec.js";
import { IndexFlat } from "../flat/index-flat.js";
import { freshIvfState, IVF_OPTIONS, type IvfOptions } from "../ivf/fresh-ivf-state.js";
import { IndexIVF, type IvfState } from "../ivf/index-ivf.js";
import { readIvfHeader, writeIvfHeader } from "../ivf/ivf-header.js";
import type { ListQuery, ListScan } from "../ivf/list-scan.js";
import { readIvfState } from "../ivf/read-ivf-state.js";
import type { KMeansOptions } from "../ivf/train-centroids.js";
import { writeInvertedLists } from "../ivf/write-inverted-lists.js";
import { CentreSums } from "./centre-sums.js";
import {
  MAX_BITS,
  MAX_QUERY_BITS,
  readQueryBits,
  readRaBitQuantizer,
  writeRaBitQuantizer,
} from "./index-rabitq.js";
import { RaBitQListScan } from "./rabitq-list-scan.js";

/** Type code of one-bit codes, which has no field for the number of bits. */
const ONE_BIT = "Iwrq";
const MORE_BITS = "Iwrr";

export interface IvfRaBitQOptions extends IvfOptions {
  /** Bits of an element: its sign, and up to 8 of its size. 1 to 9. @default 1 */
  readonly bits?: number;
  /** Bits of a query's elements when it is compared with signs; 0 for float32, up to 8. @default 4 */
  readonly queryBits?: number;
}

/**
 * RaBitQ codes in lists, relative to their list's centroid: a thirtieth of the memory of vectors for each bit. Vectors should have been
 * rotated at random, as `createIndex({ kind: "ivf-rabitq" })` does. Call `train` before `add`.
 *
 * @example
 * const index = new IndexIVFRaBitQ(512, { nlist: 1000, nprobe: 50, bits: 4 });
 * await index.train(vectors); // at least 1000 of them
 * await index.add(vectors);
 * await index.search(query, 10);
 */
export class IndexIVFRaBitQ extends IndexIVF<RaBitQCodec> {
  readonly kind = "IndexIVFRaBitQ";

  /** Its file's type code. */
  readonly code: string;

  /** Undefined after a change. */
  private centreSums: CentreSums | undefined;

  constructor(
    dimensions: number,
    options: IvfRaBitQOptions = {},
    state?: IvfState<RaBitQCodec>,
    code?: string,
  ) {
    checkKnownOptions(options, [...IVF_OPTIONS, "bits", "queryBits"], "IndexIVFRaBitQ");
    super(state ?? freshIvfState(freshCodec(dimensions, options), options));
    this.code = code ?? (this.codec.bits === 1 ? ONE_BIT : MORE_BITS);
  }

  /** Finds centroids by k-means; needs at least `nlist` vectors, better 39 for each list. */
  override async train(vectors: Float32Array, options: KMeansOptions = {}): Promise<void> {
    checkKMeansOptions(options);
    await this.trainQuantizer(vectors, options);
  }

  protected withState(state: IvfState<RaBitQCodec>): this {
    return new IndexIVFRaBitQ(this.dimensions, {}, state, this.code) as this;
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

  /** Scans by SIMD if the engine has it. Queries in float32 use the same tables for all lists. */
  protected override listScan(request: ListQuery): ListScan {
    if (!hasWasmSimd()) return super.listScan(request);
    const { codec, quantizer } = this;
    if (codec.queryBits === 0) this.centreSums ??= new CentreSums(codec, this.ntotal, this.nlist);
    return new RaBitQListScan(request, codec, {
      centroid: (number) => quantizer.reconstruct(number),
      centreSums: this.centreSums,
      hasDistances: quantizer instanceof IndexFlat && quantizer.metric === "l2",
    });
  }

  protected override forgetOrdinals(): void {
    super.forgetOrdinals();
    this.centreSums = undefined;
  }

  override dispose(): void {
    super.dispose();
    this.centreSums = undefined;
  }

  private codecOf(list: number): RaBitQCodec {
    return this.codec.around(this.quantizer.reconstruct(list));
  }
}

/** @throws InvalidArgumentError */
function freshCodec(
  dimensions: number,
  { bits = 1, queryBits = 4, metric = "l2" }: IvfRaBitQOptions,
): RaBitQCodec {
  checkInteger("dimensions", dimensions, 1);
  checkInteger("bits", bits, 1, MAX_BITS);
  checkInteger("queryBits", queryBits, 0, MAX_QUERY_BITS);
  return new RaBitQCodec(dimensions, bits, metric, queryBits, new Float32Array(dimensions));
}

/** The record of `IndexIVFRaBitQ`. */
export const ivfRaBitQKind = {
  names: ["IndexIVFRaBitQ"],
  class: IndexIVFRaBitQ,
  codes: [ONE_BIT, MORE_BITS],
  supports: ["add", "addWithIds", "removeIds", "reconstruct", "write"],

  /** Reads IVF header, quantizer, code size, whether by residual (codes are the same), bits of a query, lists. */
  async read(reader: IndexReader, code: string): Promise<IndexIVFRaBitQ> {
    const header = await readIvfHeader(reader, "IndexIVFRaBitQ");
    const bits = await readRaBitQuantizer(reader, header, code !== ONE_BIT);
    const codeSize = await reader.size();
    const byResidual = await reader.bool();
    const queryBits = await readQueryBits(reader);
    const centre = new Float32Array(header.dimensions);
    const codec = new RaBitQCodec(header.dimensions, bits, header.metric, queryBits, centre);
    reader.expect(codeSize === codec.codeSize, `Expected codes of ${codec.codeSize} bytes, got ${codeSize}.`);
    const state = await readIvfState(reader, header, codec, byResidual);
    return new IndexIVFRaBitQ(header.dimensions, {}, state, code);
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
