import { workSlices } from "@secondpass/core";
import { MemoryLimitError } from "../errors/memory-limit-error.js";
import type { PastSearch } from "./choose-count.js";
import { learnDirections, SAMPLE_ROWS } from "./learn-directions.js";
import { type Directions, RowProjection } from "./row-projection.js";
import type { RowLayout } from "./row-segment.js";
import type { RowShards } from "./row-shards.js";
import type { WasmArena } from "./wasm-arena.js";

/** Rows whose projections are coded in one step: a fraction of a millisecond. */
const ROWS_PER_STEP = 64;

/** Bytes of a row of the int8 copy besides its codes. */
const INT8_HEADER_BYTES = 12;

/** Maximum number of past searches kept until the directions are learnt. */
const MAX_SEARCHES = 24;

/**
 * The projections of a store's rows. Each search makes some of them, so that adding and reading cost nothing more, and a program
 * that searches only once does not wait for them.
 */
export class RowProjections {
  #directions: Directions | undefined;
  /** The learning of directions, while it is in progress. */
  #learning: Generator<void, Directions | undefined> | undefined;
  /** Set if learning has found that projections do not help, or if there was no memory for them. */
  #isGivenUp = false;
  readonly #searches: PastSearch[] = [];
  readonly #byArena = new Map<WasmArena, RowProjection>();
  /** The first segment that may have rows without a projection. */
  #cursor = 0;

  /**
   * @param fromBytes minimum size of the int8 copy for projections
   * @param copyRows returns rows start…end-1, dense
   */
  constructor(
    private readonly layout: RowLayout,
    private readonly shards: RowShards,
    private readonly fromBytes: number,
    private readonly copyRows: (start: number, end: number) => Float32Array,
  ) {}

  /** Records the score of a search's farthest row, for the choice of directions. */
  observe(search: PastSearch): void {
    if (this.#directions !== undefined || this.#isGivenUp || this.#searches.length >= MAX_SEARCHES) return;
    if (Number.isFinite(search.score)) this.#searches.push({ ...search, query: search.query.slice() });
  }

  /** Whether any row has a projection. */
  get exist(): boolean {
    return this.#byArena.size > 0;
  }

  /** The projection of an arena's rows, if any have one. */
  of(arena: WasmArena): RowProjection | undefined {
    return this.#byArena.get(arena);
  }

  /** Drops the projections of the rows from `count` on. */
  rewind(count: number): void {
    this.#cursor = Math.min(this.#cursor, Math.floor(count / this.layout.segmentRows));
  }

  /** Learns and codes in slices until all `count()` rows have a projection, or `isEnough` returns true; the next call continues from there. */
  async advance(count: () => number, isEnough: () => boolean): Promise<void> {
    const slices = workSlices();
    while (!isEnough() && this.#tryStep(count())) if (slices.due()) await slices.pause();
  }

  /** One step, or none if there is no memory: searches also work without projections. */
  #tryStep(count: number): boolean {
    try {
      return this.#step(count);
    } catch (error) {
      if (!(error instanceof MemoryLimitError)) throw error;
      this.#isGivenUp = true;
      return false;
    }
  }

  /** @returns whether anything is left to do */
  #step(count: number): boolean {
    if (this.#isGivenUp || count * this.layout.codeStride < this.fromBytes || count < SAMPLE_ROWS)
      return false;
    return this.#directions === undefined ? this.#learn(count) : this.#code(this.#directions, count);
  }

  #learn(count: number): boolean {
    const { dimensions, stride, codeStride } = this.layout;
    this.#learning ??= learnDirections(
      this.shards.open(0).arena,
      this.#sample(count),
      dimensions,
      stride,
      codeStride + INT8_HEADER_BYTES,
      count,
      () => this.#searches,
    );
    const { done, value } = this.#learning.next();
    if (done !== true) return true;
    this.#learning = undefined;
    this.#directions = value ?? undefined;
    this.#isGivenUp = this.#directions === undefined;
    return !this.#isGivenUp;
  }

  /** Groups of four rows, evenly spread. */
  #sample(count: number): Float32Array {
    const { dimensions } = this.layout;
    const sample = new Float32Array(SAMPLE_ROWS * dimensions);
    for (let row = 0; row < SAMPLE_ROWS; row += 4) {
      const start = Math.floor((row / SAMPLE_ROWS) * (count - 4));
      sample.set(this.copyRows(start, start + 4), row * dimensions);
    }
    return sample;
  }

  #code(directions: Directions, count: number): boolean {
    const { segmentRows, stride } = this.layout;
    const segments = Math.ceil(count / segmentRows);
    for (; this.#cursor < segments; this.#cursor++) {
      const shard = this.shards.open(Math.floor(this.#cursor / this.shards.segmentsPerShard));
      const segment = shard.segments[this.#cursor % this.shards.segmentsPerShard]!;
      if (segment.unprojected <= 0) {
        // The last segment may still grow.
        if (this.#cursor === segments - 1) return false;
        continue;
      }
      let projection = this.#byArena.get(shard.arena);
      if (projection === undefined) {
        projection = new RowProjection(shard.arena, stride, directions);
        this.#byArena.set(shard.arena, projection);
      }
      segment.project(projection, ROWS_PER_STEP);
      return true;
    }
    return false;
  }
}
