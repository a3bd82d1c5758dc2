import { encodeMetadata } from "../docstore/encode-metadata.js";
import { MetadataError } from "../errors/metadata-error.js";
import type { FaissFilter } from "../filter/metadata-filter.js";
import type { Allowed } from "./find-allowed.js";

/** Filters remembered; each takes a bit and, where it lets a document through, a number for it. */
const MAX_FILTERS = 8;

/**
 * Remembers what metadata filters let through until the store changes: a retriever asks the same filter again and
 * again, and asking it of a million documents takes seconds. Filters are told apart by what they say, not by which
 * object they are. Functions may answer differently each time; they are always asked.
 */
export class AllowedCache {
  readonly #known = new Map<string, Allowed>();

  async get(filter: FaissFilter | undefined, find: () => Promise<Allowed>): Promise<Allowed> {
    const key = keyOf(filter);
    if (key === undefined) return find();
    const known = this.#known.get(key) ?? (await find());
    // The last asked stands last, the longest unasked goes.
    this.#known.delete(key);
    this.#known.set(key, known);
    if (this.#known.size > MAX_FILTERS) this.#known.delete(this.#known.keys().next().value!);
    return known;
  }

  /** Call it at every change of the store. */
  clear(): void {
    this.#known.clear();
  }
}

/** `undefined` for filters that cannot be remembered. */
function keyOf(filter: FaissFilter | undefined): string | undefined {
  if (filter === undefined || typeof filter === "function") return filter === undefined ? "" : undefined;
  try {
    const { json, typed } = encodeMetadata(filter);
    // `undefined` values are left out by the encoding, but are errors in a filter.
    return hasUndefined(filter) ? undefined : `${typed}${json || "{}"}`;
  } catch (error) {
    if (error instanceof MetadataError) return undefined;
    throw error;
  }
}

function hasUndefined(value: unknown): boolean {
  if (value === undefined) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUndefined);
}
