import { compileFilter, type MetadataFilter, workSlices } from "@secondpass/core";
import { isAllowed } from "@secondpass/faiss";
import type { StoreContents } from "../contents/store-contents.js";
import { filterKey } from "./filter-key.js";
import { FunctionFilter } from "./function-filter.js";

/** Maximum number of cached filters; each takes a bit for each document. */
const MAX_FILTERS = 8;

/** Conditions on metadata, a filter function with an answer for each document, or no filter. */
export type EvaluatedFilter = MetadataFilter | FunctionFilter | undefined;

/** Positions that a search may return. */
export interface Allowed {
  readonly count: number;
  /** One bit for each position of the index, set if it is allowed. */
  readonly bitmap: Uint8Array;
}

/** Positions whose bit is set, ascending. */
export function* positionsOf(bitmap: Uint8Array): Generator<number> {
  for (let position = 0; position < bitmap.length * 8; position++) {
    if (isAllowed(bitmap, position)) yield position;
  }
}

/**
 * Finds the positions whose documents pass a filter. Filters are evaluated for every document before the search, so that the search finds
 * the k nearest of those that pass. Results are cached until the store changes: a retriever uses the same filter for
 * each query, and a million documents take seconds. The key of the cache is the content of a filter, not its
 * object. Functions may return another answer each time, so their answers are not cached.
 */
export class AllowedPositions {
  readonly #contents: StoreContents;
  readonly #known = new Map<string, Allowed>();
  /** The version of the contents that `#known` is about. */
  #version = 0;

  constructor(contents: StoreContents) {
    this.#contents = contents;
  }

  /**
   * The positions that pass a filter; without a filter, all that are not removed. Call it under the read lock or the write lock.
   * @throws InvalidFilterError
   */
  async of(filter: EvaluatedFilter, signal?: AbortSignal): Promise<Allowed> {
    const key = keyOf(filter);
    if (key === undefined) return this.#find(filter, signal);
    if (this.#version !== this.#contents.version) this.#known.clear();
    this.#version = this.#contents.version;
    const known = this.#known.get(key) ?? (await this.#find(filter, signal));
    // Move the filter to the end of the map; the least recently used one is the first, and is dropped.
    this.#known.delete(key);
    this.#known.set(key, known);
    if (this.#known.size > MAX_FILTERS) this.#known.delete(this.#known.keys().next().value!);
    return known;
  }

  async #find(filter: EvaluatedFilter, signal?: AbortSignal): Promise<Allowed> {
    const { positions } = this.#contents;
    const passes = this.#testOf(filter);
    const slices = workSlices(signal);
    let count = 0;
    const bitmap = new Uint8Array(Math.ceil(positions.length / 8));
    for (let position = 0; position < positions.length; position++) {
      if (positions.isRemoved(position)) continue;
      if (passes(positions.slotAt(position))) {
        count++;
        bitmap[position >>> 3]! |= 1 << (position & 7);
      }
      if (slices.due()) await slices.pause();
    }
    return { count, bitmap };
  }

  #testOf(filter: EvaluatedFilter): (slot: number) => boolean {
    const { documents } = this.#contents;
    if (filter === undefined) return () => true;
    if (filter instanceof FunctionFilter) return (slot) => filter.passes(slot);
    const test = compileFilter(filter);
    return (slot) => test(documents.metadataAt(slot));
  }
}

/** The key of a filter in the cache; `undefined` for filters that are not cached. */
function keyOf(filter: EvaluatedFilter): string | undefined {
  if (filter === undefined) return "";
  return filter instanceof FunctionFilter ? undefined : filterKey(filter);
}
