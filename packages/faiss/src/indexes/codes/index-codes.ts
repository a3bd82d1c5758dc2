import { type WorkSlices, workSlices } from "@secondpass/core";
import { checkInteger } from "../../checks/check-integer.js";
import { checkK } from "../../checks/check-k.js";
import { checkPosition, checkRange } from "../../checks/check-position.js";
import { checkQueries, checkVectorsInSlices } from "../../checks/check-vectors.js";
import { checkSearchOptions, checkWorkOptions } from "../../checks/check-work-options.js";
import type { Metric } from "../../contract/metric.js";
import { reportDone } from "../../contract/report-done.js";
import type { SearchResult } from "../../contract/search-result.js";
import type { SearchOptions, VectorIndex, WorkOptions } from "../../contract/vector-index.js";
import { IndexDisposedError } from "../../errors/index-disposed-error.js";
import { UnsupportedOperationError } from "../../errors/unsupported-operation-error.js";
import { isAllowed, keepAllBut, toPositionBitmap } from "../../ids/id-filter.js";
import { packResults } from "../../kernels/pack-results.js";
import { TopK } from "../../kernels/top-k.js";
import type { CodeScorer, VectorCodec } from "../../kernels/vector-codec.js";
import { GrowingCodes } from "./growing-codes.js";

/** Codes scored between two checks of the clock. */
const CODES_PER_STEP = 256;

/** The parts of an index of codes. */
export interface CodesState<Codec extends VectorCodec = VectorCodec> {
  readonly metric: Metric;
  readonly codec: Codec;
  /** Owned by the index. */
  readonly codes: GrowingCodes;
  /** @default true */
  readonly isTrained?: boolean;
}

/** One query and the codes to compare it with. */
export interface CodesScan {
  readonly query: Float32Array;
  /** Number of neighbours to find, at most the number of codes. */
  readonly k: number;
  readonly codes: Uint8Array;
  readonly count: number;
  /** Bitmap over positions; undefined for all. */
  readonly allowed: Uint8Array | undefined;
  readonly slices: WorkSlices;
}

/**
 * An index of compressed vectors, each of which is compared with the query; labels are positions. Such indexes are read from files: the codec that
 * faiss trained encodes added vectors.
 */
export abstract class IndexCodes<Codec extends VectorCodec = VectorCodec> implements VectorIndex {
  abstract readonly kind: string;
  readonly labelsArePositions = true;
  readonly metric: Metric;
  readonly codec: Codec;
  readonly isTrained: boolean;
  #codes: GrowingCodes | undefined;

  constructor({ metric, codec, codes, isTrained = true }: CodesState<Codec>) {
    this.metric = metric;
    this.codec = codec;
    this.#codes = codes;
    this.isTrained = isTrained;
  }

  /** @throws IndexDisposedError */
  get codes(): GrowingCodes {
    if (this.#codes === undefined) throw new IndexDisposedError(this.kind);
    return this.#codes;
  }

  get dimensions(): number {
    return this.codec.dimensions;
  }

  get ntotal(): number {
    return this.codes.length;
  }

  async train(): Promise<void> {
    if (!this.isTrained) throw untrained(this.kind);
  }

  async add(vectors: Float32Array, options: WorkOptions = {}): Promise<void> {
    checkWorkOptions(options, "add");
    const { signal, onProgress } = options;
    const { dimensions, codec } = this;
    if (codec.encode === undefined) throw cannotEncode(this.kind, "add");
    const total = await checkVectorsInSlices(vectors, dimensions, "vectors", signal);
    if (!this.isTrained) throw untrained(this.kind);
    const before = this.ntotal;
    const slices = workSlices(signal);
    try {
      for (let i = 0; i < total; i++) {
        codec.encode(vectors.subarray(i * dimensions, (i + 1) * dimensions), this.codes.append());
        onProgress?.(i + 1, total);
        if (slices.due()) await slices.pause();
      }
    } catch (error) {
      this.#codes?.truncate(before);
      throw error;
    }
  }

  async addWithIds(): Promise<void> {
    throw new UnsupportedOperationError(this.kind, "addWithIds", "Wrap it in an IndexIDMap2.");
  }

  async search(queries: Float32Array, k: number, options: SearchOptions = {}): Promise<SearchResult> {
    checkSearchOptions(options);
    const { filter, signal } = options;
    const { dimensions, ntotal } = this;
    const count = await checkQueries(queries, dimensions, signal);
    checkK(k, count);
    const codes = this.codes.data;
    const allowed = filter === undefined ? undefined : await toPositionBitmap(filter, ntotal, signal);
    const slices = workSlices(signal);
    const found: TopK[] = [];
    for (let q = 0; q < count; q++) {
      const query = queries.subarray(q * dimensions, (q + 1) * dimensions);
      found.push(await this.scan({ query, k: Math.min(k, ntotal), codes, count: ntotal, allowed, slices }));
    }
    return packResults(this.metric, found, count, k, signal);
  }

  /** The codes nearest to a query. */
  protected async scan({ query, k, codes, count, allowed, slices }: CodesScan): Promise<TopK> {
    const best = new TopK(k);
    const score = this.scorer(query);
    for (let row = 0; row < count; row++) {
      if (row % CODES_PER_STEP === 0 && slices.due()) await slices.pause();
      if (allowed === undefined || isAllowed(allowed, row)) {
        best.push(score(codes, row, best.threshold), row);
      }
    }
    return best;
  }

  /** Compares one query with codes of this index. */
  scorer(query: Float32Array): CodeScorer {
    return this.codec.scorer(this.metric, query, this.ntotal);
  }

  reconstruct(label: bigint | number): Float32Array {
    return this.reconstructN(checkPosition(label, this.ntotal), 1);
  }

  reconstructN(start: number, count: number): Float32Array {
    checkRange(start, count, this.ntotal);
    const { dimensions } = this;
    const vectors = new Float32Array(count * dimensions);
    for (let i = 0; i < count; i++) {
      this.codec.decode(this.codes.data, start + i, vectors.subarray(i * dimensions, (i + 1) * dimensions));
    }
    return vectors;
  }

  async removeIds(labels: Iterable<bigint | number>): Promise<number> {
    const slices = workSlices();
    const { kept, removed } = await keepAllBut(labels, this.ntotal, slices);
    if (removed > 0) await this.codes.retain(kept, slices);
    return removed;
  }

  truncate(count: number): void {
    checkInteger("count", count, 0);
    this.codes.truncate(count);
  }

  async clone(): Promise<this> {
    return this.withCodes(this.codes.clone());
  }

  async without(labels: Iterable<number>, options: WorkOptions = {}): Promise<this> {
    checkWorkOptions(options, "without");
    const slices = workSlices(options.signal);
    const { kept } = await keepAllBut(labels, this.ntotal, slices);
    const codes = this.codes.clone();
    await codes.retain(kept, slices);
    reportDone(options, codes.length);
    return this.withCodes(codes);
  }

  /** @throws UnsupportedOperationError if the codec cannot encode */
  async emptyCopy(): Promise<this> {
    if (this.codec.encode === undefined) throw cannotEncode(this.kind, "making an empty copy");
    return this.withCodes(new GrowingCodes(this.codec.codeSize));
  }

  /** An index of the same kind over other codes. */
  protected abstract withCodes(codes: GrowingCodes): this;

  dispose(): void {
    this.#codes = undefined;
  }
}

function untrained(kind: string): UnsupportedOperationError {
  return new UnsupportedOperationError(kind, "train", "Train it with Python's faiss, and save it there.");
}

/** The error for a codec without `encode`. */
export function cannotEncode(kind: string, operation: string): UnsupportedOperationError {
  return new UnsupportedOperationError(kind, operation, "Only Python's faiss makes such codes.");
}
