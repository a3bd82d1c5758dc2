import { checkKnownOptions } from "@secondpass/core";
import { checkKMeansOptions } from "../../checks/check-work-options.js";
import type { VectorIndex } from "../../contract/vector-index.js";
import { BinaryWriter } from "../../format/binary-writer.js";
import type { IndexKind, NewIndexOptions } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import { FloatCodec } from "../../kernels/float-codec.js";
import { freshIvfState, IVF_OPTIONS, type IvfOptions } from "./fresh-ivf-state.js";
import { IndexIVF, type IvfState } from "./index-ivf.js";
import { readIvfHeader, writeIvfHeader } from "./ivf-header.js";
import { listsFor } from "./lists-for.js";
import { readIvfState } from "./read-ivf-state.js";
import type { KMeansOptions } from "./train-centroids.js";
import { writeInvertedLists } from "./write-inverted-lists.js";

/**
 * Uncompressed vectors in lists around trained centroids. Call `train` before `add`.
 *
 * @example
 * const index = new IndexIVFFlat(384, { nlist: 1000, nprobe: 20 });
 * await index.train(vectors); // at least 1000 of them; 39,000 train well
 * await index.addWithIds(vectors, ids);
 * await index.search(query, 10, { nprobe: 50 });
 */
export class IndexIVFFlat extends IndexIVF<FloatCodec> {
  readonly kind: string = "IndexIVFFlat";

  constructor(dimensions: number, options: IvfOptions = {}, state?: IvfState<FloatCodec>) {
    checkKnownOptions(options, IVF_OPTIONS, "IndexIVFFlat");
    super(state ?? freshIvfState(new FloatCodec(dimensions), options));
  }

  /** Finds centroids by k-means; needs at least `nlist` vectors, better 39 for each list. */
  override async train(vectors: Float32Array, options: KMeansOptions = {}): Promise<void> {
    checkKMeansOptions(options);
    await this.trainQuantizer(vectors, options);
  }

  protected withState(state: IvfState<FloatCodec>): this {
    return new IndexIVFFlat(this.dimensions, {}, state) as this;
  }
}

/** Vectors in lists around centroids; a search visits some of the lists. The first added vectors train the index. */
export interface IvfIndexOption {
  readonly kind: "ivf";
  /** Number of lists. @default four times the square root of the number of vectors first added, at most a 39th of them */
  readonly nlist?: number;
  /** Lists that a search visits. @default an eighth of the lists */
  readonly nprobe?: number;
}

/** The record of `IndexIVFFlat`. */
export const ivfFlatKind = {
  names: ["IndexIVFFlat"],
  class: IndexIVFFlat,
  codes: ["IwFl"],
  supports: ["train", "add", "addWithIds", "removeIds", "reconstruct", "write"],
  factory: {
    kind: "ivf",
    options: ["nlist", "nprobe"],
    create(
      option: IvfIndexOption,
      { dimensions, metric, expectedVectors = 0 }: NewIndexOptions,
    ): IndexIVFFlat {
      const { nlist, nprobe } = listsFor(expectedVectors, option);
      return new IndexIVFFlat(dimensions, { nlist, nprobe, metric });
    },
  },

  async read(reader: IndexReader): Promise<IndexIVFFlat> {
    const header = await readIvfHeader(reader, "IndexIVFFlat", "all");
    const codec = new FloatCodec(header.dimensions, header.metricArg);
    const state = await readIvfState(reader, header, codec, false);
    return new IndexIVFFlat(header.dimensions, {}, state);
  },

  async *write(
    index: IndexIVFFlat,
    writeInner: (index: VectorIndex) => AsyncGenerator<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    const writer = new BinaryWriter();
    writer.tag("IwFl");
    yield* writeIvfHeader(writer, index, writeInner);
    yield* writeInvertedLists(index.lists);
  },
} as const satisfies IndexKind<IndexIVFFlat>;
