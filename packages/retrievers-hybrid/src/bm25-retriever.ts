import type { CallbackManagerForRetrieverRun } from "@langchain/core/callbacks/manager";
import type { Document, DocumentInterface } from "@langchain/core/documents";
import { BaseRetriever, type BaseRetrieverInput } from "@langchain/core/retrievers";
import type { RunnableConfig } from "@langchain/core/runnables";
import {
  checkCallOptions,
  checkCount,
  checkFilter,
  checkKnownOptions,
  checkText,
  checkTexts,
  pickOptions,
  raceWithSignal,
} from "@secondpass/core";
import { type Bm25Options, bm25Settings, savedSettings } from "./bm25-settings.js";
import { copyWith } from "./copy-with.js";
import { ADD_OPTIONS, checkAddOptions } from "./documents/check-add-options.js";
import { checkDeleteParams, type DeleteDocumentsParams } from "./documents/delete-documents-params.js";
import type { DocumentFilter } from "./documents/document-filter.js";
import { type AddDocumentsOptions, DocumentIndex } from "./documents/document-index.js";
import { documentOf } from "./documents/kept-document.js";
import { type Metadatas, toDocuments } from "./documents/to-documents.js";
import { inFolder } from "./persistence/in-folder.js";
import type { IndexHeader } from "./persistence/index-header.js";

/** Settings of a {@link BM25Retriever}. */
export interface BM25RetrieverOptions extends BaseRetrieverInput, Bm25Options {
  /** Maximum number of documents to return; Infinity for all that contain a term of the query. @default 4 */
  readonly k?: number;
  /** Condition that found documents must fulfil. @default all documents */
  readonly filter?: DocumentFilter;
  /** Metadata field that receives the score. @default "bm25Score" */
  readonly scoreKey?: string;
}

/** Options of one search. */
export interface BM25SearchOptions {
  /** @default the retriever's */
  readonly k?: number;
  /** @default the retriever's */
  readonly filter?: DocumentFilter;
  readonly signal?: AbortSignal;
}

/** Options of saving and loading. */
export interface SaveOptions {
  readonly signal?: AbortSignal;
}

const OPTIONS = [
  "k",
  "k1",
  "b",
  "analyzer",
  "filter",
  "scoreKey",
  "callbacks",
  "tags",
  "metadata",
  "verbose",
] as const satisfies readonly (keyof BM25RetrieverOptions)[];

/**
 * Finds documents by the words of a query, ranked by Lucene's BM25. Documents can be added and deleted at any time. Documents without
 * any term of the query are not found. Input documents are never changed; returned documents are new copies with a score in their
 * metadata. Scores are above 0, higher is better, and they can be compared only within one query.
 *
 * Source: Lucene's `BM25Similarity`; scores equal those of bm25s' `method="lucene"`.
 *
 * @example
 * const retriever = await BM25Retriever.fromDocuments(documents, { k: 20 });
 * const found = await retriever.invoke("How tall is Mont Blanc?");
 * await retriever.invoke("glaciers", { configurable: { k: 3, filter: { language: "en" } } }); // for this call only
 * await retriever.save("./words"); // and BM25Retriever.load("./words")
 */
export class BM25Retriever extends BaseRetriever {
  lc_namespace = ["secondpass", "retrievers_hybrid"];

  static override lc_name(): string {
    return "BM25Retriever";
  }

  readonly k: number;
  readonly filter: DocumentFilter | undefined;
  readonly scoreKey: string;
  private readonly index: DocumentIndex;
  /** The signal of a call; set on the copy of the retriever that runs the call. */
  private readonly signal: AbortSignal | undefined;

  /**
   * Makes a retriever without documents. @param index internal: an index that `load` read
   * @throws {UnknownOptionError}
   * @throws {InvalidOptionError}
   */
  constructor(options: BM25RetrieverOptions = {}, index?: DocumentIndex) {
    checkKnownOptions(options, OPTIONS, "BM25Retriever");
    const { k = 4, filter, scoreKey = "bm25Score" } = options;
    super(options);
    this.k = checkCount("k", k);
    this.filter = checkFilter("filter", filter);
    this.scoreKey = checkText(scoreKey, "scoreKey");
    const { analyzer, parameters } = bm25Settings(options);
    this.index = index ?? new DocumentIndex(analyzer, parameters);
  }

  /** Makes a retriever of documents. @throws as the constructor and `addDocuments` */
  static async fromDocuments(
    documents: readonly DocumentInterface[],
    options: BM25RetrieverOptions & AddDocumentsOptions = {},
  ): Promise<BM25Retriever> {
    checkCallOptions(options, "fromDocuments", [...OPTIONS, ...ADD_OPTIONS]);
    const retriever = new BM25Retriever(pickOptions(options, OPTIONS));
    await retriever.addDocuments(documents, pickOptions(options, ADD_OPTIONS));
    return retriever;
  }

  /** Makes a retriever of texts. @param metadatas one for each text, or one for all */
  static async fromTexts(
    texts: readonly string[],
    metadatas: Metadatas = {},
    options: BM25RetrieverOptions & AddDocumentsOptions = {},
  ): Promise<BM25Retriever> {
    return BM25Retriever.fromDocuments(toDocuments(texts, metadatas), options);
  }

  /** Number of documents. */
  get size(): number {
    return this.index.size;
  }

  /**
   * Adds documents: all, or none if one is invalid. @returns their ids
   * @throws {DuplicateIdError} for ids that exist already, unless `upsert` is set, and for ids given twice
   * @throws {MetadataError} if metadata cannot be copied
   * @throws {InvalidOptionError}
   */
  async addDocuments(
    documents: readonly DocumentInterface[],
    options: AddDocumentsOptions = {},
  ): Promise<string[]> {
    checkAddOptions(options);
    return this.index.add(documents, options);
  }

  /**
   * Deletes documents by ids, by filter, or all.
   * @throws {UnknownDocumentIdError} for unknown ids, unless `ignoreMissing` is set; then nothing is deleted
   */
  async delete(params: DeleteDocumentsParams): Promise<void> {
    checkDeleteParams(params);
    return this.index.delete(params);
  }

  /**
   * Saves documents and words as `bm25.index`. A crash at any moment leaves the old index or the new one; changes wait until it is saved.
   * @param directory the folder; created if it is missing
   * @throws {UnsavableValueError} if metadata contain anything except JSON, Date, bigint, Map, Set, Uint8Array
   * @throws {IndexFileError} if it cannot be written
   */
  async save(directory: string, options: SaveOptions = {}): Promise<void> {
    checkCallOptions(options, "save", ["signal"]);
    await this.index.save(indexPath(directory), options.signal);
  }

  /**
   * Loads an index that `save` wrote, with its analyzer, `k1` and `b` unless others are given. The words are read from the documents
   * again if the index was made by another analyzer, by one without an `analyzerId`, or with other Unicode data.
   * @throws {IndexFileError} if it is missing or damaged
   * @throws {InvalidOptionError} if `analyzer` is missing, and the index was made by a custom function
   */
  static async load(
    directory: string,
    given: BM25RetrieverOptions & SaveOptions = {},
  ): Promise<BM25Retriever> {
    checkCallOptions(given, "load", [...OPTIONS, "signal"]);
    const { signal, ...options } = given;
    new BM25Retriever(options);
    const settings = (saved: IndexHeader) => savedSettings(options, saved);
    return new BM25Retriever(options, await DocumentIndex.load(indexPath(directory), settings, signal));
  }

  /** Returns the documents with these ids, in this order; unknown ids are left out. */
  async getByIds(ids: readonly string[]): Promise<Document[]> {
    checkTexts(ids, "ids");
    return this.index.byIds(ids);
  }

  /** Finds the best documents for a query with their scores, best first; for equal scores, the one added first. */
  async searchWithScore(query: string, options: BM25SearchOptions = {}): Promise<[Document, number][]> {
    checkCallOptions(options, "searchWithScore", ["k", "filter", "signal"]);
    const { k = this.k, filter = this.filter, signal } = options;
    const found = await this.index.search(checkText(query, "query"), checkCount("k", k), filter, signal);
    return found.map(([document, score]) => [documentOf(document, { [this.scoreKey]: score }), score]);
  }

  /** Finds documents. `k`, `filter` and a `signal` may be given for one call. */
  override async invoke(query: string, options?: Partial<RunnableConfig>): Promise<DocumentInterface[]> {
    checkCallOptions(options, "invoke");
    const { signal, configurable } = options ?? {};
    signal?.throwIfAborted();
    const { k = this.k, filter = this.filter } = (configurable ?? {}) as BM25SearchOptions;
    const call = copyWith(this, { k, filter, signal });
    return raceWithSignal(super.invoke.call(call, query, options), signal);
  }

  override async _getRelevantDocuments(
    query: string,
    _run?: CallbackManagerForRetrieverRun,
  ): Promise<DocumentInterface[]> {
    const found = await this.searchWithScore(query, { signal: this.signal });
    return found.map(([document]) => document);
  }
}

/** @throws {InvalidOptionError} */
function indexPath(directory: string): string {
  return inFolder(directory, "bm25.index");
}
