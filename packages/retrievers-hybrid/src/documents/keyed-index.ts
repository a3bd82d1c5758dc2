import { type WorkSlices, workSlices } from "@secondpass/core";
import type { Analyzer } from "../analysis/analyzer.js";
import { DuplicateIdError } from "../errors/duplicate-id-error.js";
import { UnknownDocumentIdError } from "../errors/unknown-document-id-error.js";
import { type Bm25Parameters, LexicalIndex, type LexicalParts } from "../lexical/lexical-index.js";
import { type Keyed, KeyedTable } from "./keyed-table.js";

/** Removed documents are dropped from the index when they are this many and more than half of all. */
const COMPACT_FROM = 1024;
/** Steps between two checks of the clock. A step is as short as one term of a text. */
const STEPS_PER_CHECK = 64;

/** Documents and the terms by which they are found. The two change together. */
export interface IndexState<Document extends Keyed> {
  readonly documents: KeyedTable<Document>;
  readonly index: LexicalIndex;
}

/** An inverted index and its documents by id. Changes are atomic, and must not overlap. */
export class KeyedIndex<Document extends Keyed> {
  readonly #analyzer: Analyzer;
  readonly #parameters: Bm25Parameters;
  #state: IndexState<Document>;

  constructor(analyzer: Analyzer, parameters: Bm25Parameters) {
    this.#analyzer = analyzer;
    this.#parameters = parameters;
    this.#state = this.#emptyState();
  }

  /** The current state. It is replaced by a copy when many removed documents are dropped; searches may continue on the old state. */
  get state(): IndexState<Document> {
    return this.#state;
  }

  /**
   * @param documents their ids must differ
   * @param texts of the documents, in their order
   * @param upsert whether documents of the same ids are replaced
   * @param meanwhile called when adding can no longer fail; if it throws, nothing is added
   * @throws {DuplicateIdError} for ids that exist already, unless `upsert` is set
   */
  async add(
    documents: readonly Document[],
    texts: Iterable<string>,
    { upsert, signal }: { readonly upsert: boolean; readonly signal?: AbortSignal | undefined },
    meanwhile: () => Promise<unknown> = async () => undefined,
  ): Promise<void> {
    const slices = workSlices(signal, { stepsPerCheck: STEPS_PER_CHECK });
    const { index, documents: table } = this.#state;
    const replaced = documents.map(({ id }) => table.slotOf(id)).filter((slot) => slot !== undefined);
    if (replaced.length > 0 && !upsert) {
      throw new DuplicateIdError(
        replaced.map((slot) => table.at(slot)!.id),
        "in the index",
      );
    }
    const first = index.slots;
    try {
      const prepared = await index.prepare(texts, slices);
      for (const document of documents) {
        table.append(document);
        if (slices.due()) await slices.pause();
      }
      await meanwhile();
      // From here on, adding cannot fail.
      for (const slot of replaced) table.remove(slot);
      for (let i = 0; i < documents.length; i++) table.publish(first + i);
      index.remove(replaced);
      index.add(prepared);
    } catch (error) {
      table.truncate(first);
      throw error;
    }
    await this.#tidy();
  }

  /** Returns the slots of ids. @throws {UnknownDocumentIdError} for unknown ids, unless `ignoreMissing` is set */
  slotsOf(ids: readonly string[], ignoreMissing = false): Set<number> {
    const { documents } = this.#state;
    const missing = ids.filter((id) => documents.slotOf(id) === undefined);
    if (missing.length > 0 && !ignoreMissing) throw new UnknownDocumentIdError(missing);
    return new Set(ids.map((id) => documents.slotOf(id)).filter((slot) => slot !== undefined));
  }

  async remove(slots: Iterable<number>): Promise<void> {
    const { index, documents } = this.#state;
    index.remove(slots);
    for (const slot of slots) documents.remove(slot);
    await this.#tidy();
  }

  clear(): void {
    this.#state = this.#emptyState();
  }

  /** Restores a saved index, whose documents are in the order of their slots. */
  restore(documents: KeyedTable<Document>, parts: LexicalParts): void {
    this.#state = { documents, index: new LexicalIndex(this.#analyzer, this.#parameters, parts) };
  }

  /** Drops removed documents from the index, so that slots have no gaps. */
  async compact(signal?: AbortSignal): Promise<IndexState<Document>> {
    const { index } = this.#state;
    if (index.slots > index.size) await this.#compact(workSlices(signal, { stepsPerCheck: STEPS_PER_CHECK }));
    return this.#state;
  }

  #emptyState(): IndexState<Document> {
    return { documents: new KeyedTable(), index: new LexicalIndex(this.#analyzer, this.#parameters) };
  }

  /** Keeps searches fast after a change. The change's signal does not stop it, because the change is already made. */
  async #tidy(): Promise<void> {
    const slices = workSlices(undefined, { stepsPerCheck: STEPS_PER_CHECK });
    const { index } = this.#state;
    const removed = index.slots - index.size;
    if (removed < COMPACT_FROM || removed <= index.size) return index.tidy(slices);
    await this.#compact(slices);
  }

  async #compact(slices: WorkSlices): Promise<void> {
    const { index, documents } = this.#state;
    const compacted = await index.compacted(slices);
    const table = new KeyedTable<Document>();
    for (const old of compacted.slots) {
      table.addNew(documents.at(old)!);
      if (slices.due()) await slices.pause();
    }
    this.#state = { documents: table, index: compacted.index };
  }
}
