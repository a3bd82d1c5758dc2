import { checkInteger } from "../../checks/check-integer.js";
import { checkVectorsInSlices } from "../../checks/check-vectors.js";
import type { Metric } from "../../contract/metric.js";
import type { VectorIndex } from "../../contract/vector-index.js";
import { InvalidArgumentError } from "../../errors/invalid-argument-error.js";
import { BinaryWriter } from "../../format/binary-writer.js";
import type { IndexKind, NewIndexOptions } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import { FloatCodec } from "../../kernels/float-codec.js";
import { IndexFlat } from "../flat/index-flat.js";
import { IndexIVF, type IvfState } from "./index-ivf.js";
import { InvertedLists } from "./inverted-lists.js";
import { readIvfHeader, writeIvfHeader } from "./ivf-header.js";
import { readIvfState } from "./read-ivf-state.js";
import { type KMeansOptions, trainCentroids } from "./train-centroids.js";
import { writeInvertedLists } from "./write-inverted-lists.js";

export interface IvfOptions {
  /** Lists; a few times the square root of the number of vectors serves. Minimum 1. @default 100 */
  readonly nlist?: number;
  /** Lists that a search visits: trades search time for recall. Minimum 1. @default 1 */
  readonly nprobe?: number;
  readonly metric?: Metric;
}

/**
 * Vectors as they are, in lists around trained centroids. Call `train` before `add`.
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
    super(state ?? freshState(dimensions, options));
  }

  /** Finds centroids by k-means; needs at least `nlist` vectors, and is good from 39 a list on. */
  override async train(vectors: Float32Array, options: KMeansOptions = {}): Promise<void> {
    const count = await checkVectorsInSlices(vectors, this.dimensions, "vectors", options.signal);
    if (this.isTrained) return;
    if (count < this.nlist) {
      throw new InvalidArgumentError(
        "vectors",
        `at least nlist (${this.nlist}) vectors to train with`,
        count,
      );
    }
    await this.quantizer.add(
      await trainCentroids(vectors, this.dimensions, this.nlist, this.metric, options),
    );
    this.isTrained = true;
  }

  protected withState(state: IvfState<FloatCodec>): this {
    return new IndexIVFFlat(this.dimensions, {}, state) as this;
  }
}

function freshState(
  dimensions: number,
  { nlist = 100, nprobe = 1, metric = "l2" }: IvfOptions,
): IvfState<FloatCodec> {
  checkInteger("dimensions", dimensions, 1);
  checkInteger("nlist", nlist, 1, 1 << 24);
  checkInteger("nprobe", nprobe, 1);
  const codec = new FloatCodec(dimensions);
  return {
    metric,
    quantizer: new IndexFlat(dimensions, metric),
    codec,
    byResidual: false,
    lists: new InvertedLists(nlist, codec.codeSize),
    nprobe,
    directMap: "none",
    isTrained: false,
  };
}

/** Vectors in lists around centroids, of which a search visits some. Trained by the first vectors that are added. */
export interface IvfIndexOption {
  readonly kind: "ivf";
  /** Lists. @default the square root of the number of vectors first added, times four, at most a 39th of them */
  readonly nlist?: number;
  /** Lists that a search visits. @default an eighth of the lists */
  readonly nprobe?: number;
}

/** faiss wants this many vectors for each list it trains. */
const VECTORS_PER_LIST = 39;

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
      const most = Math.max(1, Math.floor(expectedVectors / VECTORS_PER_LIST));
      const { nlist = Math.max(1, Math.min(most, Math.ceil(4 * Math.sqrt(expectedVectors)))) } = option;
      const { nprobe = Math.ceil(nlist / 8) } = option;
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
