import { workSlices } from "@secondpass/core";
import { checkK } from "../../checks/check-k.js";
import { checkPosition, checkRange } from "../../checks/check-position.js";
import { checkQueries } from "../../checks/check-vectors.js";
import type { Metric } from "../../contract/metric.js";
import type { SearchResult } from "../../contract/search-result.js";
import type { SearchOptions, VectorIndex } from "../../contract/vector-index.js";
import { IndexDisposedError } from "../../errors/index-disposed-error.js";
import { UnsupportedOperationError } from "../../errors/unsupported-operation-error.js";
import { isAllowed, toPositionBitmap } from "../../ids/id-filter.js";
import { packResults } from "../../kernels/pack-results.js";
import { TopK } from "../../kernels/top-k.js";
import type { VectorCodec } from "../../kernels/vector-codec.js";

/** Codes between two looks at the clock. */
const CODES_PER_STEP = 256;

const READ_ONLY = "This package reads and searches such indexes; build them with Python's faiss.";

/** Compressed vectors, every one compared with the query. Read from files; labels are positions. */
export abstract class IndexCodes implements VectorIndex {
  abstract readonly kind: string;
  readonly isTrained = true;
  readonly labelsArePositions = true;
  readonly ntotal: number;
  #codes: Uint8Array | undefined;

  /** @param codes one code after the other */
  constructor(
    readonly metric: Metric,
    readonly codec: VectorCodec,
    codes: Uint8Array,
  ) {
    this.#codes = codes;
    this.ntotal = codes.length / codec.codeSize;
  }

  /** @throws IndexDisposedError */
  protected get codes(): Uint8Array {
    if (this.#codes === undefined) throw new IndexDisposedError(this.kind);
    return this.#codes;
  }

  get dimensions(): number {
    return this.codec.dimensions;
  }

  async train(): Promise<void> {}

  async add(): Promise<void> {
    throw new UnsupportedOperationError(this.kind, "add", READ_ONLY);
  }

  async addWithIds(): Promise<void> {
    throw new UnsupportedOperationError(this.kind, "addWithIds", READ_ONLY);
  }

  async search(
    queries: Float32Array,
    k: number,
    { filter, signal }: SearchOptions = {},
  ): Promise<SearchResult> {
    const count = await checkQueries(queries, this.dimensions, signal);
    checkK(k, count);
    const { codes } = this;
    const allowed = filter === undefined ? undefined : await toPositionBitmap(filter, this.ntotal, signal);
    const slices = workSlices(signal);
    const found: TopK[] = [];
    for (let query = 0; query < count; query++) {
      const best = new TopK(Math.min(k, this.ntotal));
      const vector = queries.subarray(query * this.dimensions, (query + 1) * this.dimensions);
      const score = this.codec.scorer(this.metric, vector, this.ntotal);
      for (let row = 0; row < this.ntotal; row++) {
        if (row % CODES_PER_STEP === 0 && slices.due()) await slices.pause();
        if (allowed === undefined || isAllowed(allowed, row)) best.push(score(codes, row), row);
      }
      found.push(best);
    }
    return packResults(this.metric, found, count, k, signal);
  }

  reconstruct(label: bigint | number): Float32Array {
    return this.reconstructN(checkPosition(label, this.ntotal), 1);
  }

  reconstructN(start: number, count: number): Float32Array {
    checkRange(start, count, this.ntotal);
    const { dimensions } = this;
    const vectors = new Float32Array(count * dimensions);
    for (let i = 0; i < count; i++) {
      this.codec.decode(this.codes, start + i, vectors.subarray(i * dimensions, (i + 1) * dimensions));
    }
    return vectors;
  }

  async removeIds(): Promise<number> {
    throw new UnsupportedOperationError(this.kind, "removeIds", READ_ONLY);
  }

  abstract clone(): Promise<VectorIndex>;

  dispose(): void {
    this.#codes = undefined;
  }
}
