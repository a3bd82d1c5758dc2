import type { Document, DocumentInterface } from "@langchain/core/documents";
import { compileFilter, workSlices } from "@secondpass/core";
import type { Analyzer } from "../analysis/analyzer.js";
import { DuplicateIdError } from "../errors/duplicate-id-error.js";
import { UnknownDocumentIdError } from "../errors/unknown-document-id-error.js";
import { type Bm25Parameters, LexicalIndex } from "../lexical/lexical-index.js";
import { askFilter } from "./ask-filter.js";
import type { DocumentFilter } from "./document-filter.js";
import { DocumentTable } from "./document-table.js";
import { documentOf, type KeptDocument, keptDocuments } from "./kept-document.js";

/** Removed documents are worth forgetting once they are this many and more than half. */
const COMPACT_FROM = 1024;
/** Steps are as short as one term of a text. */
const STEPS_PER_LOOK = 64;
/** Documents that a filter function is asked about at a time, at most. */
const MAX_ASKED = 4096;

export interface AddDocumentsOptions {
  /** One for each document. @default each document's own `id`, or a new UUID */
  readonly ids?: readonly string[];
  /** Replaces documents of the same ids, in one step. @default false: such ids throw */
  readonly upsert?: boolean;
  readonly signal?: AbortSignal;
}

/** What to delete: exactly one of these. */
export type DeleteDocumentsParams = { readonly signal?: AbortSignal } & (
  | {
      readonly ids: readonly string[];
      /** Leaves out ids that are not there. @default false: they throw */
      readonly ignoreMissing?: boolean;
    }
  | { readonly filter: DocumentFilter }
  | { readonly deleteAll: true }
);

/** Documents and the terms by which they are found. The two change together. */
interface State {
  readonly documents: DocumentTable;
  readonly index: LexicalIndex;
}

/** Documents that are searched by BM25. A change is made completely or not at all, one after the other; searches go on meanwhile. */
export class DocumentIndex {
  readonly #analyzer: Analyzer;
  readonly #parameters: Bm25Parameters;
  /** Replaced by a copy without removed documents, when many were removed. */
  #state: State;
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(analyzer: Analyzer, parameters: Bm25Parameters) {
    this.#analyzer = analyzer;
    this.#parameters = parameters;
    this.#state = this.#emptyState();
  }

  get size(): number {
    return this.#state.index.size;
  }

  /** @returns the documents' ids @throws {DuplicateIdError}, and as `keptDocuments` */
  add(
    documents: readonly DocumentInterface[],
    { ids, upsert = false, signal }: AddDocumentsOptions,
  ): Promise<string[]> {
    return this.#change(async () => {
      const slices = workSlices(signal, { stepsPerLook: STEPS_PER_LOOK });
      const kept = await keptDocuments(documents, ids, slices);
      const { index, documents: table } = this.#state;
      const replaced = kept.map(({ id }) => table.slotOf(id)).filter((slot) => slot !== undefined);
      if (replaced.length > 0 && !upsert) {
        throw new DuplicateIdError(
          replaced.map((slot) => table.at(slot)!.id),
          "in the index",
        );
      }
      const first = index.slots;
      try {
        const prepared = await index.prepare(texts(kept), slices);
        for (const document of kept) {
          table.append(document);
          if (slices.due()) await slices.pause();
        }
        // From here on it cannot fail.
        for (const slot of replaced) table.remove(slot);
        for (let i = 0; i < kept.length; i++) table.name(first + i);
        index.remove(replaced);
        index.add(prepared);
      } catch (error) {
        table.cut(first);
        throw error;
      }
      await this.#tidy();
      return kept.map(({ id }) => id);
    });
  }

  /** @throws {UnknownDocumentIdError} */
  delete(params: DeleteDocumentsParams): Promise<void> {
    return this.#change(async () => {
      params.signal?.throwIfAborted();
      if ("deleteAll" in params) {
        this.#state = this.#emptyState();
        return;
      }
      const { index, documents } = this.#state;
      const slots =
        "ids" in params ? this.#slotsOf(params.ids, params.ignoreMissing) : await this.#matching(params);
      index.remove(slots);
      for (const slot of slots) documents.remove(slot);
      await this.#tidy();
    });
  }

  /** Documents of these ids, in their order; ids that are not there are left out. */
  byIds(ids: readonly string[]): Document[] {
    const { documents } = this.#state;
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
    const { index, documents } = this.#state;
    const found =
      typeof filter === "function"
        ? await searchAsked(this.#state, question, k, filter, signal)
        : await index.search(question, k, metadataTest(documents, filter), signal);
    return found.flatMap(([slot, score]) => {
      const document = documents.at(slot);
      // It was removed while a filter was asked.
      return document === undefined ? [] : [[document, score] as [KeptDocument, number]];
    });
  }

  #emptyState(): State {
    return { documents: new DocumentTable(), index: new LexicalIndex(this.#analyzer, this.#parameters) };
  }

  #change<T>(work: () => Promise<T>): Promise<T> {
    const change = this.#lastChange.then(work);
    this.#lastChange = change.catch(() => undefined);
    return change;
  }

  #slotsOf(ids: readonly string[], ignoreMissing = false): Set<number> {
    const { documents } = this.#state;
    const missing = ids.filter((id) => documents.slotOf(id) === undefined);
    if (missing.length > 0 && !ignoreMissing) throw new UnknownDocumentIdError(missing);
    return new Set(ids.map((id) => documents.slotOf(id)).filter((slot) => slot !== undefined));
  }

  async #matching({ filter, signal }: { filter: DocumentFilter; signal?: AbortSignal }): Promise<number[]> {
    const { index, documents } = this.#state;
    const slices = workSlices(signal);
    const slots = Array.from({ length: index.slots }, (_, slot) => slot).filter((slot) => documents.at(slot));
    if (typeof filter === "function") {
      const answers = await askFilter(filter, copiesOf(slots, documents), slices, signal);
      return slots.filter((_, i) => answers[i]);
    }
    const matches = metadataTest(documents, filter);
    const matching: number[] = [];
    for (const slot of slots) {
      if (matches(slot)) matching.push(slot);
      if (slices.due()) await slices.pause();
    }
    return matching;
  }

  /** Keeps searches fast after a change. Not stopped by the change's signal: the change is made. */
  async #tidy(): Promise<void> {
    const slices = workSlices(undefined, { stepsPerLook: STEPS_PER_LOOK });
    const { index, documents } = this.#state;
    const removed = index.slots - index.size;
    if (removed < COMPACT_FROM || removed <= index.size) return index.tidy(slices);
    const compacted = await index.compacted(slices);
    const table = new DocumentTable();
    for (const [slot, old] of compacted.slots.entries()) {
      table.append(documents.at(old)!);
      table.name(slot);
      if (slices.due()) await slices.pause();
    }
    this.#state = { documents: table, index: compacted.index };
  }
}

function* texts(documents: readonly KeptDocument[]): Generator<string> {
  for (const { pageContent } of documents) yield pageContent;
}

function* copiesOf(slots: readonly number[], documents: DocumentTable): Generator<Document> {
  for (const slot of slots) yield documentOf(documents.at(slot)!);
}

/** @throws {InvalidFilterError} */
function metadataTest(
  documents: DocumentTable,
  filter: Exclude<DocumentFilter, (...args: never) => unknown> | undefined,
): (slot: number) => boolean {
  if (filter === undefined) return () => true;
  const matches = compileFilter(filter);
  return (slot) => {
    const document = documents.at(slot);
    return document !== undefined && matches(document.metadata);
  };
}

/** Asks a filter function about the best documents, more and more of them, until k pass. */
async function searchAsked(
  { index, documents }: State,
  question: string,
  k: number,
  filter: (document: Document) => unknown,
  signal: AbortSignal | undefined,
): Promise<(readonly [number, number])[]> {
  const slices = workSlices(signal);
  const answers = new Map<number, boolean>();
  for (let wanted = k; ; wanted = Math.max(k, Math.min(wanted * 4, MAX_ASKED))) {
    const found = await index.search(question, wanted, (slot) => answers.get(slot) ?? true, signal);
    const best = found.slice(0, k);
    if (best.every(([slot]) => answers.has(slot))) return best;
    const open = found.map(([slot]) => slot).filter((slot) => !answers.has(slot) && documents.at(slot));
    const passed = await askFilter(filter, copiesOf(open, documents), slices, signal);
    for (const [i, slot] of open.entries()) answers.set(slot, passed[i]!);
  }
}
