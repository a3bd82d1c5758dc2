import type { Collection } from "./collection.js";
import type { CollectionFacts } from "./page-state.js";

/** A collection of the library, which requests borrow. */
export interface LentCollection {
  readonly id: string;
  /** Whether it was dropped on the page: it is removed when no page shows it any more. */
  readonly isTemporary: boolean;
  /** Returns the facts that a page shows; undefined if there is no index yet. @throws {CommandError} if it cannot be opened */
  facts(signal?: AbortSignal): Promise<CollectionFacts | undefined>;
  /** Calls back with the open collection. @throws {CommandError} if it cannot be opened */
  use<Result>(work: (collection: Collection) => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  /** Frees it once no request uses it. */
  retire(): Promise<void>;
}
