import { checkCallOptions, type WorkSlices, workSlices } from "@secondpass/core";
import { checkVectorsInSlices } from "../../checks/check-vectors.js";
import { checkSearchOptions, checkWorkOptions } from "../../checks/check-work-options.js";
import { copyWithout } from "../../contract/copy-without.js";
import type { Metric } from "../../contract/metric.js";
import type { SearchResult } from "../../contract/search-result.js";
import type { SearchOptions, VectorIndex, WorkOptions } from "../../contract/vector-index.js";
import { DimensionMismatchError } from "../../errors/dimension-mismatch-error.js";
import { UnsupportedOperationError } from "../../errors/unsupported-operation-error.js";
import { BinaryWriter } from "../../format/binary-writer.js";
import { readHeader, writeHeader } from "../../format/index-header.js";
import type { IndexKind } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import { piecesOf } from "../../format/pieces-of.js";
import { readTransform } from "./read-transform.js";
import type { VectorTransform } from "./vector-transform.js";

/**
 * Applies a chain of trained transforms to vectors and queries before another index. Read from files.
 *
 * @example
 * const index = await readIndexFile("pca.faiss"); // an IndexPreTransform: PCA, then a flat index
 * await index.search(query, 10);
 */
export class IndexPreTransform implements VectorIndex {
  readonly kind = "IndexPreTransform";
  readonly dimensions: number;

  /**
   * @param chain applied first to last; its end must fit the index
   * @param chainBytes the chain's bytes in a file, or a function that makes them; without it the index cannot be written
   */
  constructor(
    readonly chain: readonly VectorTransform[],
    readonly index: VectorIndex,
    readonly chainBytes?: Uint8Array | (() => Promise<Uint8Array>),
  ) {
    this.dimensions = chain[0]?.inputDimensions ?? index.dimensions;
    let dimensions = this.dimensions;
    for (const { inputDimensions, outputDimensions } of [...chain, asTransform(index)]) {
      if (inputDimensions !== dimensions)
        throw new DimensionMismatchError(inputDimensions, dimensions, "vectors");
      dimensions = outputDimensions;
    }
  }

  get metric(): Metric {
    return this.index.metric;
  }

  get metricArg(): number | undefined {
    return this.index.metricArg;
  }

  get ntotal(): number {
    return this.index.ntotal;
  }

  get isTrained(): boolean {
    return this.index.isTrained;
  }

  get labelsArePositions(): boolean {
    return this.index.labelsArePositions === true;
  }

  async train(vectors: Float32Array, options?: WorkOptions): Promise<void> {
    checkCallOptions(options, "train");
    await this.index.train(await this.apply(vectors, "vectors", options?.signal), options);
  }

  async add(vectors: Float32Array, options?: WorkOptions): Promise<void> {
    checkWorkOptions(options, "add");
    await this.index.add(await this.apply(vectors, "vectors", options?.signal), options);
  }

  async addWithIds(vectors: Float32Array, ids: BigInt64Array, options?: WorkOptions): Promise<void> {
    checkWorkOptions(options, "addWithIds");
    await this.index.addWithIds(await this.apply(vectors, "vectors", options?.signal), ids, options);
  }

  async search(queries: Float32Array, k: number, options?: SearchOptions): Promise<SearchResult> {
    checkSearchOptions(options);
    return this.index.search(await this.apply(queries, "queries", options?.signal), k, options);
  }

  async prepareReconstruct(options?: Pick<WorkOptions, "signal">): Promise<void> {
    checkWorkOptions(options, "prepareReconstruct", ["signal"]);
    const slices = workSlices(options?.signal);
    for (const transform of this.chain) await transform.prepareReverse?.(slices);
    await this.index.prepareReconstruct?.(options);
  }

  /** The stored vector, with the transforms reversed. @throws UnsupportedOperationError if a transform cannot be reversed */
  reconstruct(label: bigint | number): Float32Array {
    return this.reverse(this.index.reconstruct(label));
  }

  reconstructN(start: number, count: number): Float32Array {
    const stored = this.index.reconstructN(start, count);
    const vectors = new Float32Array(count * this.dimensions);
    const inner = this.index.dimensions;
    for (let i = 0; i < count; i++) {
      vectors.set(this.reverse(stored.subarray(i * inner, (i + 1) * inner)), i * this.dimensions);
    }
    return vectors;
  }

  removeIds(labels: Iterable<bigint | number>): Promise<number> {
    return this.index.removeIds(labels);
  }

  async clone(): Promise<IndexPreTransform> {
    return new IndexPreTransform(this.chain, await this.index.clone(), this.chainBytes);
  }

  /** @throws UnsupportedOperationError if the inner index cannot */
  async without(labels: Iterable<number>, options?: WorkOptions): Promise<IndexPreTransform> {
    checkWorkOptions(options, "without");
    return new IndexPreTransform(this.chain, await copyWithout(this.index, labels, options), this.chainBytes);
  }

  /** @throws UnsupportedOperationError if the inner index has none */
  async emptyCopy(): Promise<IndexPreTransform> {
    const index = await this.index.emptyCopy?.();
    if (index === undefined) {
      throw new UnsupportedOperationError(this.index.kind, "making an empty copy", "Build it again.");
    }
    return new IndexPreTransform(this.chain, index, this.chainBytes);
  }

  dispose(): void {
    this.index.dispose();
  }

  private async apply(vectors: Float32Array, what: string, signal?: AbortSignal): Promise<Float32Array> {
    const count = await checkVectorsInSlices(vectors, this.dimensions, what, signal);
    const inner = this.index.dimensions;
    const changed = new Float32Array(count * inner);
    const slices = workSlices(signal);
    for (let first = 0; first < count; first += VECTORS_PER_STEP) {
      let part = vectors.subarray(
        first * this.dimensions,
        Math.min(first + VECTORS_PER_STEP, count) * this.dimensions,
      );
      for (const transform of this.chain) part = await applyAll(transform, part, slices);
      changed.set(part, first * inner);
      if (slices.due()) await slices.pause();
    }
    return changed;
  }

  private reverse(stored: Float32Array): Float32Array {
    let vector = stored;
    for (const transform of this.chain.toReversed()) {
      const { reverse } = transform;
      if (reverse === undefined) {
        throw new UnsupportedOperationError(
          transform.kind,
          "reconstruct",
          "This transform cannot be undone.",
        );
      }
      vector = reverse(vector);
    }
    return vector;
  }
}

/** Applies a transform to some vectors. */
async function applyAll(
  transform: VectorTransform,
  vectors: Float32Array,
  slices: WorkSlices,
): Promise<Float32Array> {
  if (transform.applyAll !== undefined) return transform.applyAll(vectors);
  const { inputDimensions, outputDimensions } = transform;
  const count = vectors.length / inputDimensions;
  const changed = new Float32Array(count * outputDimensions);
  for (let i = 0; i < count; i++) {
    const vector = vectors.subarray(i * inputDimensions, (i + 1) * inputDimensions);
    changed.set(transform.apply(vector), i * outputDimensions);
    if (slices.due()) await slices.pause();
  }
  return changed;
}

/** The index as the last link of the chain, to check that dimensions fit. */
function asTransform({ dimensions }: VectorIndex): { inputDimensions: number; outputDimensions: number } {
  return { inputDimensions: dimensions, outputDimensions: dimensions };
}

/** Number of vectors transformed together. */
const VECTORS_PER_STEP = 32;

/** Limit of a chain's length; a longer one is a sign of damage. */
const MAX_CHAIN = 64;

/** The record of `IndexPreTransform`. */
export const preTransformKind = {
  names: ["IndexPreTransform"],
  class: IndexPreTransform,
  codes: ["IxPT"],
  supports: ["train", "add", "addWithIds", "removeIds", "reconstruct", "write"],

  /** Reads header, the chain, the inner index. */
  async read(reader: IndexReader): Promise<IndexPreTransform> {
    const header = await readHeader(reader, "IndexPreTransform", "all");
    const count = await reader.i32();
    reader.expect(count >= 0 && count <= MAX_CHAIN, `Expected 0 to ${MAX_CHAIN} transforms, got ${count}.`);
    const chain: VectorTransform[] = [];
    const start = reader.position;
    let dimensions = header.dimensions;
    for (let i = 0; i < count; i++) {
      const transform = await readTransform(reader);
      reader.expect(
        transform.inputDimensions === dimensions,
        `Expected a transform of ${dimensions} dimensions, got ${transform.inputDimensions}.`,
      );
      dimensions = transform.outputDimensions;
      chain.push(transform);
    }
    const chainBytes = await reader.bytesSince(start);
    const index = await reader.index();
    reader.expect(
      index.dimensions === dimensions && index.ntotal === header.ntotal && index.metric === header.metric,
      `Expected an inner index of ${header.ntotal} vectors of ${dimensions} dimensions.`,
    );
    return new IndexPreTransform(chain, index, chainBytes);
  },

  async *write(
    index: IndexPreTransform,
    writeInner: (index: VectorIndex) => AsyncGenerator<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    const { chain, chainBytes } = index;
    if (chainBytes === undefined)
      throw new UnsupportedOperationError(index.kind, "writing transforms", "Only those of files can be.");
    const writer = new BinaryWriter();
    writer.tag("IxPT");
    writeHeader(writer, index);
    writer.i32(chain.length);
    yield writer.flush();
    yield* piecesOf(typeof chainBytes === "function" ? await chainBytes() : chainBytes);
    yield* writeInner(index.index);
  },
} as const satisfies IndexKind<IndexPreTransform>;
