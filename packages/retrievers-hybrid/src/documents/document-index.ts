import { Document, type DocumentInterface } from "@langchain/core/documents";
import { compileFilter, workSlices } from "@secondpass/core";
import type { Analyzer } from "../analysis/analyzer.js";
import type { Bm25Parameters } from "../lexical/lexical-index.js";
import { askFilter } from "./ask-filter.js";
import type { DeleteDocumentsParams } from "./delete-documents-params.js";
import type { DocumentFilter } from "./document-filter.js";
import { documentOf, type KeptDocument, keptDocuments } from "./kept-document.js";
import { KeyedIndex } from "./keyed-index.js";
import type { KeyedTable } from "./keyed-table.js";
import { searchAsked } from "./search-asked.js";
import { Turns } from "./turns.js";

export interface AddDocumentsOptions {
  /** One for each document. @default each document's own `id`, or a new UUID */
  readonly ids?: readonly string[];
  /** Replaces documents of the same ids, in one step. @default false: such ids throw */
  readonly upsert?: boolean;
  readonly signal?: AbortSignal;
}

/** Documents that are searched by BM25. A change is made completely or not at all, one after the other; searches go on meanwhile. */
export class DocumentIndex {
  readonly #index: KeyedIndex<KeptDocument>;
  readonly #changes = new Turns();

  constructor(analyzer: Analyzer, parameters: Bm25Parameters) {
    this.#index = new KeyedIndex(analyzer, parameters);
  }

  get size(): number {
    return this.#index.state.index.size;
  }

  /** @returns the documents' ids @throws {DuplicateIdError}, and as `keptDocuments` */
  add(
    documents: readonly DocumentInterface[],
    { ids, upsert = false, signal }: AddDocumentsOptions,
  ): Promise<string[]> {
    return this.#changes.take(async () => {
      const kept = await keptDocuments(documents, ids, signal);
      await this.#index.add(kept, texts(kept), { upsert, signal });
      return kept.map(({ id }) => id);
    });
  }

  /** @throws {UnknownDocumentIdError} */
  delete(params: DeleteDocumentsParams): Promise<void> {
    return this.#changes.take(async () => {
      params.signal?.throwIfAborted();
      if ("deleteAll" in params) this.#index.clear();
      else if ("ids" in params)
        await this.#index.remove(this.#index.slotsOf(params.ids, params.ignoreMissing));
      else await this.#index.remove(await this.#matching(params));
    });
  }

  /** Documents of these ids, in their order; ids that are not there are left out. */
  byIds(ids: readonly string[]): Document[] {
    const { documents } = this.#index.state;
    return ids.flatMap((id) => {
      const slot = documents.slotOf(id);
      return slot === undefined ? [] : [documentOf(documents.at(slot)!)];
    });
  }

  /**
   * Documents that contain a term of a question and pass a filter, best first, with their scores.
   * @param k at most so many; Infinity for all
   */
  async search(
    question: string,
    k: number,
    filter?: DocumentFilter,
    signal?: AbortSignal,
  ): Promise<[document: KeptDocument, score: number][]> {
    const { index, documents } = this.#index.state;
    const found =
      typeof filter === "function"
        ? await searchAsked(
            index,
            question,
            k,
            (slots) => this.#ask(filter, slots, documents, signal),
            signal,
          )
        : await index.search(question, k, metadataTest(documents, filter), signal);
    return found.flatMap(([slot, score]) => {
      const document = documents.at(slot);
      // It was removed while a filter was asked.
      return document === undefined ? [] : [[document, score] as [KeptDocument, number]];
    });
  }

  #ask(
    filter: (document: Document) => unknown,
    slots: readonly number[],
    documents: KeyedTable<KeptDocument>,
    signal: AbortSignal | undefined,
  ): Promise<boolean[]> {
    return askFilter(filter, copiesOf(slots, documents), signal);
  }

  async #matching({ filter, signal }: { filter: DocumentFilter; signal?: AbortSignal }): Promise<number[]> {
    const { index, documents } = this.#index.state;
    const slots = Array.from({ length: index.slots }, (_, slot) => slot).filter((slot) => documents.at(slot));
    if (typeof filter === "function") {
      const answers = await this.#ask(filter, slots, documents, signal);
      return slots.filter((_, i) => answers[i]);
    }
    const slices = workSlices(signal);
    const matches = metadataTest(documents, filter);
    const matching: number[] = [];
    for (const slot of slots) {
      if (matches(slot)) matching.push(slot);
      if (slices.due()) await slices.pause();
    }
    return matching;
  }
}

function* texts(documents: readonly KeptDocument[]): Generator<string> {
  for (const { pageContent } of documents) yield pageContent;
}

function* copiesOf(slots: readonly number[], documents: KeyedTable<KeptDocument>): Generator<Document> {
  for (const slot of slots) {
    const document = documents.at(slot);
    // It was removed while others were asked about: any answer will do.
    yield document === undefined ? new Document({ pageContent: "" }) : documentOf(document);
  }
}

/** @throws {InvalidFilterError} */
function metadataTest(
  documents: KeyedTable<KeptDocument>,
  filter: Exclude<DocumentFilter, (...args: never) => unknown> | undefined,
): (slot: number) => boolean {
  if (filter === undefined) return () => true;
  const matches = compileFilter(filter);
  return (slot) => {
    const document = documents.at(slot);
    return document !== undefined && matches(document.metadata);
  };
}
