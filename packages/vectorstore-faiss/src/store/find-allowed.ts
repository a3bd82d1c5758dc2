import { isAllowed } from "@secondpass/faiss";
import { workSlices } from "@secondpass/faiss/io";
import { compileFilter } from "../filter/compile-filter.js";
import type { FaissFilter } from "../filter/metadata-filter.js";
import type { StoreState } from "./store-state.js";

/** Positions that a search may return. */
export interface Allowed {
  readonly count: number;
  /** One bit for each position of the index, set where it is allowed. */
  readonly bitmap: Uint8Array;
}

/** Positions whose bit is set, ascending. */
export function* positionsOf(bitmap: Uint8Array): Generator<number> {
  for (let position = 0; position < bitmap.length * 8; position++) {
    if (isAllowed(bitmap, position)) yield position;
  }
}

/**
 * Asks a filter about every document before the search, so that the search finds the k nearest of those that pass.
 * Without a filter, all documents that are not removed pass.
 */
export async function findAllowed(
  { documents, positions }: StoreState,
  filter: FaissFilter | undefined,
  signal?: AbortSignal,
): Promise<Allowed> {
  const passes = testOf(filter);
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

  function testOf(given: FaissFilter | undefined): (slot: number) => boolean {
    if (given === undefined) return () => true;
    if (typeof given === "function") return (slot) => given(documents.documentAt(slot));
    const test = compileFilter(given);
    return (slot) => test(documents.metadataAt(slot));
  }
}
