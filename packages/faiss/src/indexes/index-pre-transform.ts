import { DimensionMismatchError } from "../errors/dimension-mismatch-error.js";
import { UnsupportedOperationError } from "../errors/unsupported-operation-error.js";
import { checkVectors } from "./check-vectors.js";
import type { Metric } from "./metric.js";
import type { SearchResult } from "./search-result.js";
import type { SearchOptions, VectorIndex, WorkOptions } from "./vector-index.js";
import type { VectorTransform } from "./vector-transform.js";

/** Sends vectors and queries through a chain of (already trained) transforms before another index. */
export class IndexPreTransform implements VectorIndex {
  readonly kind = "IndexPreTransform";
  readonly dimensions: number;

  /** @param chain applied first to last; its end must fit the index */
  constructor(
    readonly chain: readonly VectorTransform[],
    readonly index: VectorIndex,
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

  get ntotal(): number {
    return this.index.ntotal;
  }

  get isTrained(): boolean {
    return this.index.isTrained;
  }

  async train(vectors: Float32Array, options?: WorkOptions): Promise<void> {
    await this.index.train(this.apply(vectors, "vectors"), options);
  }

  async add(vectors: Float32Array, options?: WorkOptions): Promise<void> {
    await this.index.add(this.apply(vectors, "vectors"), options);
  }

  async addWithIds(vectors: Float32Array, ids: BigInt64Array, options?: WorkOptions): Promise<void> {
    await this.index.addWithIds(this.apply(vectors, "vectors"), ids, options);
  }

  async search(queries: Float32Array, k: number, options?: SearchOptions): Promise<SearchResult> {
    return this.index.search(this.apply(queries, "queries"), k, options);
  }

  async prepareReconstruct(options?: Pick<WorkOptions, "signal">): Promise<void> {
    await this.index.prepareReconstruct?.(options);
  }

  /** The stored vector sent back through the chain. @throws UnsupportedOperationError where there is no way back */
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
    return new IndexPreTransform(this.chain, await this.index.clone());
  }

  dispose(): void {
    this.index.dispose();
  }

  private apply(vectors: Float32Array, what: string): Float32Array {
    const count = checkVectors(vectors, this.dimensions, what);
    const inner = this.index.dimensions;
    const changed = new Float32Array(count * inner);
    for (let i = 0; i < count; i++) {
      let vector = vectors.subarray(i * this.dimensions, (i + 1) * this.dimensions);
      for (const transform of this.chain) vector = transform.apply(vector);
      changed.set(vector, i * inner);
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

/** The index as the last link of the chain, to check that dimensions fit. */
function asTransform({ dimensions }: VectorIndex): { inputDimensions: number; outputDimensions: number } {
  return { inputDimensions: dimensions, outputDimensions: dimensions };
}
