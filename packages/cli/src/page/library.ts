import { LocalHttpError } from "../local-http/local-http-error.js";
import type { Collection } from "./collection.js";
import type { CollectionFacts } from "./page-state.js";
import { Retirement } from "./retirement.js";
import { Shared } from "./shared.js";

/** The collections of a page. */
export class Library implements AsyncDisposable {
  readonly #collections = new Map<string, Shared<Collection>>();
  readonly #retirement = new Retirement();

  get facts(): CollectionFacts[] {
    return [...this.#collections.values()].map(({ value }) => value.facts);
  }

  add(collection: Collection): void {
    this.#collections.set(collection.facts.id, new Shared(collection));
  }

  /** Lends a collection to work. @throws {LocalHttpError} 404 if it is gone */
  async use<Result>(id: string, work: (collection: Collection) => Promise<Result>): Promise<Result> {
    return await this.#find(id).use(work);
  }

  /** Takes a temporary collection away; those who are using it go on. @throws {LocalHttpError} 404 or 403 */
  remove(id: string): void {
    const collection = this.#find(id);
    if (!collection.value.facts.isTemporary) {
      throw new LocalHttpError("forbidden", "Only texts that were dropped on the page can be removed here.");
    }
    this.#retire(id, collection);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const [id, collection] of this.#collections) this.#retire(id, collection);
    await this.#retirement[Symbol.asyncDispose]();
  }

  #find(id: string): Shared<Collection> {
    const collection = this.#collections.get(id);
    if (collection !== undefined) return collection;
    throw new LocalHttpError(
      "notFound",
      "These texts are gone: what is dropped on the page is kept until the program ends. Drop them again.",
    );
  }

  #retire(id: string, collection: Shared<Collection>): void {
    this.#collections.delete(id);
    this.#retirement.add(collection);
  }
}
