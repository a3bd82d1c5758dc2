import { Document, type DocumentInterface } from "@langchain/core/documents";
import { compileFilter, workSlices } from "@secondpass/core";
import type { Analyzer } from "../analysis/analyzer.js";
import type { Bm25Parameters, LexicalParts } from "../lexical/lexical-index.js";
import { fileSystem, type LoadIndexOptions } from "../persistence/file-system.js";
import type { IndexHeader } from "../persistence/index-header.js";
import { isSameOrigin, wordsOrigin } from "../persistence/words-origin.js";
import { callFilter } from "./call-filter.js";
import { decodeMetadata } from "./decode-metadata.js";
import type { DeleteDocumentsParams } from "./delete-documents-params.js";
import type { DocumentFilter } from "./document-filter.js";
import { encodeMetadata } from "./encode-metadata.js";
import { documentOf, type KeptDocument, keptDocuments } from "./kept-document.js";
import { KeyedIndex } from "./keyed-index.js";
import { KeyedTable } from "./keyed-table.js";
import { searchFiltered } from "./search-filtered.js";
import { SerialQueue } from "./serial-queue.js";
import { StoredDocument } from "./stored-document.js";

/** Settings by which an index ranks. */
export interface Bm25Settings {
  readonly analyzer: Analyzer;
  readonly parameters: Bm25Parameters;
}

type SettingsOf = (saved: IndexHeader) => Bm25Settings;

export interface AddDocumentsOptions {
  /** One for each document. @default each document's own `id`, or a new UUID */
  readonly ids?: readonly string[];
  /** Replaces documents of the same ids, in one step. @default false: such ids throw */
  readonly upsert?: boolean;
  readonly signal?: AbortSignal;
}

/** Documents that are searched by BM25. Changes are atomic and run one after the other; searches continue meanwhile. */
export class DocumentIndex {
  readonly #index: KeyedIndex<KeptDocument>;
  readonly #changes = new SerialQueue();

  constructor(
    readonly analyzer: Analyzer,
    readonly parameters: Bm25Parameters,
  ) {
    this.#index = new KeyedIndex(analyzer, parameters);
  }

  /**
   * Saves documents and words into one file; changes wait until it is saved.
   * @throws {UnsavableValueError}
   * @throws {IndexFileError}
   */
  save(path: string, signal?: AbortSignal): Promise<void> {
    return this.#changes.run(async () => {
      const { index, documents } = await this.#index.compact(signal);
      const { analyzer, parameters } = this;
      const saved = {
        ...parameters,
        ...wordsOrigin(analyzer),
        entries: entriesOf(documents),
        texts: textsOf(documents),
        parts: index.parts,
      };
      await fileSystem.saveIndex(path, saved, { signal });
    });
  }

  /**
   * Reads a saved index. Words are read from the documents again if they were made by another analyzer, or by an unknown one.
   * @param settings analyzer and parameters, as far as the caller gives them
   * @throws {IndexFileError}
   * @throws {InvalidOptionError} if no analyzer is given, and the index was made by a custom function
   */
  static load(path: string, settings: SettingsOf, signal?: AbortSignal): Promise<DocumentIndex> {
    return DocumentIndex.read((options) => fileSystem.loadIndex(path, options), settings, signal);
  }

  /** @param readIndex reads the index from its source @throws as `load` */
  static async read(
    readIndex: (options: LoadIndexOptions) => Promise<LexicalParts | undefined>,
    settings: SettingsOf,
    signal?: AbortSignal,
  ): Promise<DocumentIndex> {
    const documents = new KeyedTable<KeptDocument>();
    const stored: StoredDocument[] = [];
    let located = 0;
    let index = undefined as DocumentIndex | undefined;
    let problem: unknown;
    const parts = await readIndex({
      begin(header) {
        try {
          const { analyzer, parameters } = settings(header);
          index = new DocumentIndex(analyzer, parameters);
          return isSameOrigin(header, wordsOrigin(analyzer));
        } catch (error) {
          // The header may be damaged, which is only known at the end.
          problem = error;
          return false;
        }
      },
      entry: (entry) => keepEntry(documents, stored, entry),
      text: (block, position) => stored[located++]!.locate(block, position),
      signal,
    });
    if (index === undefined) throw problem;
    if (parts !== undefined) index.#index.restore(documents, parts);
    else await index.#readWords(documents, signal);
    return index;
  }

  async #readWords(documents: KeyedTable<KeptDocument>, signal: AbortSignal | undefined): Promise<void> {
    const kept = Array.from({ length: documents.slots }, (_, slot) => documents.at(slot)!);
    await this.#index.add(kept, texts(kept), { upsert: false, signal });
  }

  get size(): number {
    return this.#index.state.index.size;
  }

  /** Adds documents. @returns their ids @throws {DuplicateIdError}, and as `keptDocuments` */
  add(
    documents: readonly DocumentInterface[],
    { ids, upsert = false, signal }: AddDocumentsOptions,
  ): Promise<string[]> {
    return this.#changes.run(async () => {
      const kept = await keptDocuments(documents, ids, signal);
      await this.#index.add(kept, texts(kept), { upsert, signal });
      return kept.map(({ id }) => id);
    });
  }

  /** @throws {UnknownDocumentIdError} */
  delete(params: DeleteDocumentsParams): Promise<void> {
    return this.#changes.run(async () => {
      params.signal?.throwIfAborted();
      if ("deleteAll" in params) this.#index.clear();
      else if ("ids" in params)
        await this.#index.remove(this.#index.slotsOf(params.ids, params.ignoreMissing));
      else await this.#index.remove(await this.#matching(params));
    });
  }

  /** Returns the documents with these ids, in this order; unknown ids are left out. */
  byIds(ids: readonly string[]): Document[] {
    const { documents } = this.#index.state;
    return ids.flatMap((id) => {
      const slot = documents.slotOf(id);
      return slot === undefined ? [] : [documentOf(documents.at(slot)!)];
    });
  }

  /**
   * Finds documents that contain a term of a question and pass a filter, best first, with their scores.
   * @param k maximum number of documents; Infinity for all
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
        ? await searchFiltered(
            index,
            question,
            k,
            (slots) => this.#answers(filter, slots, documents, signal),
            signal,
          )
        : await index.search(question, k, metadataTest(documents, filter), signal);
    return found.flatMap(([slot, score]) => {
      const document = documents.at(slot);
      // It was removed while a filter ran.
      return document === undefined ? [] : [[document, score] as [KeptDocument, number]];
    });
  }

  #answers(
    filter: (document: Document) => unknown,
    slots: readonly number[],
    documents: KeyedTable<KeptDocument>,
    signal: AbortSignal | undefined,
  ): Promise<boolean[]> {
    return callFilter(filter, copiesOf(slots, documents), signal);
  }

  async #matching({ filter, signal }: { filter: DocumentFilter; signal?: AbortSignal }): Promise<number[]> {
    const { index, documents } = this.#index.state;
    const slots = Array.from({ length: index.slots }, (_, slot) => slot).filter((slot) => documents.at(slot));
    if (typeof filter === "function") {
      const answers = await this.#answers(filter, slots, documents, signal);
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

/** The saved form of documents, whose slots have no gaps. @throws {UnsavableValueError} */
function* entriesOf(documents: KeyedTable<KeptDocument>): Generator<unknown> {
  for (let slot = 0; slot < documents.slots; slot++) {
    const { id, metadata } = documents.at(slot)!;
    yield [id, encodeMetadata(metadata)];
  }
}

function* textsOf(documents: KeyedTable<KeptDocument>): Generator<string> {
  for (let slot = 0; slot < documents.slots; slot++) yield documents.at(slot)!.pageContent;
}

/** Adds the document of a saved entry. @returns the problem if the entry is invalid */
function keepEntry(
  documents: KeyedTable<KeptDocument>,
  stored: StoredDocument[],
  entry: unknown,
): string | undefined {
  const [id, encoded] = Array.isArray(entry) ? (entry as unknown[]) : [];
  const metadata = decodeMetadata(encoded);
  if (typeof id !== "string" || metadata === undefined) {
    return "one of its documents is invalid";
  }
  const document = new StoredDocument(id, metadata);
  stored.push(document);
  return documents.addNew(document) ? undefined : "two of its documents have the same id";
}

function* texts(documents: readonly KeptDocument[]): Generator<string> {
  for (const { pageContent } of documents) yield pageContent;
}

function* copiesOf(slots: readonly number[], documents: KeyedTable<KeptDocument>): Generator<Document> {
  for (const slot of slots) {
    const document = documents.at(slot);
    // It was removed while the filter ran for others: its result does not matter.
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
