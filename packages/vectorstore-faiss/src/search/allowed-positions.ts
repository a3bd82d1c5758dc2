import { compileFilter, type MetadataFilter, workSlices } from "@secondpass/core";
import { isAllowed } from "@secondpass/faiss";
import type { StoreContents } from "../contents/store-contents.js";
import { filterKey } from "./filter-key.js";
import { FunctionFilter } from "./function-filter.js";

/** Filters remembered; each takes a bit a document. */
const MAX_FILTERS = 8;

/** Conditions on metadata, a function that was asked about all documents, or nothing. */
export type AskedFilter = MetadataFilter | FunctionFilter | undefined;

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
 * The positions that filters let through. A filter is asked about every document before the search, so that the search finds
 * the k nearest of those that pass. The answer is remembered until the store changes: a retriever asks the same filter again
 * and again, and asking it of a million documents takes seconds. Filters are told apart by what they say, not by which object
 * they are. Functions may answer differently each time; their answers are not remembered.
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
   * Without a filter, all documents that are not removed pass. Call it under the read lock or the write lock.
   * @throws InvalidFilterError
   */
  async of(filter: AskedFilter, signal?: AbortSignal): Promise<Allowed> {
    const key = keyOf(filter);
    if (key === undefined) return this.#find(filter, signal);
    if (this.#version !== this.#contents.version) this.#known.clear();
    this.#version = this.#contents.version;
    const known = this.#known.get(key) ?? (await this.#find(filter, signal));
    // The last asked is the last in the map, the longest unasked goes.
    this.#known.delete(key);
    this.#known.set(key, known);
    if (this.#known.size > MAX_FILTERS) this.#known.delete(this.#known.keys().next().value!);
    return known;
  }

  async #find(filter: AskedFilter, signal?: AbortSignal): Promise<Allowed> {
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

  #testOf(filter: AskedFilter): (slot: number) => boolean {
    const { documents } = this.#contents;
    if (filter === undefined) return () => true;
    if (filter instanceof FunctionFilter) return (slot) => filter.passes(slot);
    const test = compileFilter(filter);
    return (slot) => test(documents.metadataAt(slot));
  }
}

/** `undefined` for filters that are not remembered. */
function keyOf(filter: AskedFilter): string | undefined {
  if (filter === undefined) return "";
  return filter instanceof FunctionFilter ? undefined : filterKey(filter);
}
