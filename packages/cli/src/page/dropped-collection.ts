import type { Collection } from "./collection.js";
import type { LentCollection } from "./lent-collection.js";
import type { CollectionFacts } from "./page-state.js";
import { Shared } from "./shared.js";

/** Files that were dropped on the page, or named when it was started, and their index. */
export class DroppedCollection implements LentCollection {
  readonly id: string;
  readonly isTemporary: boolean;
  readonly #collection: Collection;
  readonly #shared: Shared<AsyncDisposable>;

  /** @param remove removes the files */
  constructor(collection: Collection, remove: () => Promise<void>) {
    this.id = collection.facts.id;
    this.isTemporary = collection.facts.isTemporary;
    this.#collection = collection;
    this.#shared = new Shared({
      async [Symbol.asyncDispose]() {
        await collection.index[Symbol.asyncDispose]();
        await remove();
      },
    });
  }

  async facts(): Promise<CollectionFacts> {
    return this.#collection.facts;
  }

  use<Result>(work: (collection: Collection) => Promise<Result>): Promise<Result> {
    return this.#shared.use(() => work(this.#collection));
  }

  retire(): Promise<void> {
    return this.#shared.retire();
  }
}
