import { basename } from "node:path";
import type { CorpusIndex } from "../corpus/corpus-index.js";
import { CurrentIndex } from "../corpus/current-index.js";
import { readNote } from "../corpus/index-note.js";
import type { ModelProgress } from "../corpus/model-progress.js";
import { Collection } from "./collection.js";
import type { LentCollection } from "./lent-collection.js";
import type { CollectionFacts } from "./page-state.js";

/** The current index of a folder. `secondpass index` may make or replace it while the page is open; running requests keep the old one. */
export class CurrentCollection implements LentCollection {
  readonly id = "index";
  readonly isTemporary = false;
  readonly #index: CurrentIndex;
  readonly #collections = new WeakMap<CorpusIndex, Promise<Collection>>();
  #last: CollectionFacts | undefined;

  constructor(
    readonly folder: string,
    onDownload?: ModelProgress,
  ) {
    this.#index = new CurrentIndex(folder, onDownload && { onDownload });
  }

  async facts(signal?: AbortSignal): Promise<CollectionFacts | undefined> {
    // A removed index is still shown, because it may come back; searching it gives an error.
    if ((await readNote(this.folder)) === undefined) return this.#last;
    return this.use(async ({ facts }) => facts, signal);
  }

  use<Result>(work: (collection: Collection) => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    return this.#index.use(async (index) => {
      const collection = await this.#collectionOf(index);
      this.#last = collection.facts;
      return work(collection);
    }, signal);
  }

  async retire(): Promise<void> {
    await this.#index[Symbol.asyncDispose]();
  }

  #collectionOf(index: CorpusIndex): Promise<Collection> {
    const { id, isTemporary } = this;
    const name = basename(index.settings.corpus);
    const known = this.#collections.get(index) ?? Collection.of(index, { id, name, isTemporary });
    this.#collections.set(index, known);
    return known;
  }
}
