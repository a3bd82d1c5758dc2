import type { Collection } from "./collection.js";
import type { CollectionFacts } from "./page-state.js";

/** A collection of the library, lent to those who ask it. */
export interface LentCollection {
  readonly id: string;
  /** Dropped on the page: gone when no page has it any more. */
  readonly isTemporary: boolean;
  /** What a page shows of it; undefined if there is no index yet. @throws {CommandError} if it cannot be opened */
  facts(signal?: AbortSignal): Promise<CollectionFacts | undefined>;
  /** Lends it to work. @throws {CommandError} if it cannot be opened */
  use<Result>(work: (collection: Collection) => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  /** Frees it, once nobody uses it any more. */
  retire(): Promise<void>;
}
