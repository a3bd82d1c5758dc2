import { PlainRowStore } from "./plain-row-store.js";
import type { RowStore } from "./row-store.js";

/** Chooses where an index's rows live. */
export function createRowStore(dimensions: number): RowStore {
  return new PlainRowStore(dimensions);
}
