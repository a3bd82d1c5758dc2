import { LocalHttpError } from "../local-http/local-http-error.js";
import type { Collection } from "./collection.js";
import { IdleCounts } from "./idle-counts.js";
import type { LentCollection } from "./lent-collection.js";
import type { CollectionFacts } from "./page-state.js";
import { Retirement } from "./retirement.js";

/** Sweeps, one a minute, after which dropped files are removed if no page has used or kept them. */
const LIFETIME_SWEEPS = 60;
/** Sweeps after which they may be removed to make room: open pages, even hidden ones, report every minute. */
const SPARE_SWEEPS = 5;

/** Facts about a library that a page shows. */
export interface LibraryFacts {
  readonly collections: readonly CollectionFacts[];
  /** Why a collection cannot be opened. */
  readonly problems: readonly string[];
}

/** The collections of a page. Dropped ones are kept while a page reports that it shows them. */
export class Library implements AsyncDisposable {
  readonly #collections = new Map<string, LentCollection>();
  readonly #idle = new IdleCounts();
  readonly #retirement = new Retirement();

  add(collection: LentCollection): void {
    this.#collections.set(collection.id, collection);
    if (collection.isTemporary) this.#idle.touch(collection.id);
  }

  async facts(signal?: AbortSignal): Promise<LibraryFacts> {
    const collections: CollectionFacts[] = [];
    const problems: string[] = [];
    for (const collection of [...this.#collections.values()]) {
      try {
        const facts = await collection.facts(signal);
        if (facts !== undefined) collections.push(facts);
      } catch (error) {
        signal?.throwIfAborted();
        problems.push((error as Error).message);
      }
    }
    return { collections, problems };
  }

  /** Calls back with a collection. @throws {LocalHttpError} 404 if it was removed @throws {CommandError} if it cannot be opened */
  async use<Result>(
    id: string,
    work: (collection: Collection) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    const collection = this.#find(id);
    this.keep([id]);
    return await collection.use(work, signal);
  }

  /** Keeps these collections, because a page shows them. Ignores removed ones. */
  keep(ids: readonly string[]): void {
    for (const id of ids) if (this.#collections.get(id)?.isTemporary) this.#idle.touch(id);
  }

  /** Removes the dropped collections that no page shows any more. To be called every minute. */
  sweep(): void {
    for (const id of this.#idle.sweep(LIFETIME_SWEEPS)) void this.#retire(id);
  }

  /** Removes dropped collections, the longest idle first, until there are fewer than `count`. Collections of open pages stay. */
  async makeRoom(count: number): Promise<void> {
    for (const id of this.#idle.idleFor(SPARE_SWEEPS)) {
      const dropped = [...this.#collections.values()].filter(({ isTemporary }) => isTemporary);
      if (dropped.length < count) return;
      await this.#retire(id);
    }
  }

  /** Removes a dropped collection; running requests keep it until they end. @throws {LocalHttpError} 404 or 403 */
  remove(id: string): void {
    if (!this.#find(id).isTemporary) {
      throw new LocalHttpError("forbidden", "Only texts that were dropped on the page can be removed here.");
    }
    void this.#retire(id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const id of [...this.#collections.keys()]) void this.#retire(id);
    await this.#retirement[Symbol.asyncDispose]();
  }

  #find(id: string): LentCollection {
    const collection = this.#collections.get(id);
    if (collection !== undefined) return collection;
    throw new LocalHttpError(
      "notFound",
      "These texts are gone: dropped files are kept while the program runs and a page that shows them is open. Drop them again.",
    );
  }

  #retire(id: string): Promise<void> {
    const collection = this.#collections.get(id) as LentCollection;
    this.#collections.delete(id);
    this.#idle.forget(id);
    return this.#retirement.add(collection);
  }
}
