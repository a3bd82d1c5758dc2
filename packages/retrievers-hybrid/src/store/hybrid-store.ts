import type { Document, DocumentInterface } from "@langchain/core/documents";
import {
  type MaxMarginalRelevanceSearchOptions,
  VectorStore,
  type VectorStoreInterface,
  type VectorStoreRetriever,
  type VectorStoreRetrieverInput,
} from "@langchain/core/vectorstores";
import {
  checkCallOptions,
  checkCount,
  checkDocuments,
  checkEmbeddings,
  checkFunction,
  checkKnownOptions,
  checkNumber,
  checkOneOf,
  checkText,
  findUnknownText,
  InvalidOptionError,
  pickOptions,
  type UnknownText,
  warnOfUnknownText,
} from "@secondpass/core";
import {
  type AddOptions,
  FaissStore,
  LengthMismatchError,
  type RetrieverOptions,
  type Vector,
} from "@secondpass/vectorstore-faiss";
import { bm25Settings } from "../bm25-settings.js";
import { checkDeleteParams, type DeleteDocumentsParams } from "../documents/delete-documents-params.js";
import type { DocumentFilter } from "../documents/document-filter.js";
import { documentTest } from "../documents/document-test.js";
import { KeyedIndex } from "../documents/keyed-index.js";
import type { Keyed } from "../documents/keyed-table.js";
import { SerialQueue } from "../documents/serial-queue.js";
import { type Metadatas, toDocuments } from "../documents/to-documents.js";
import { fileSystem } from "../persistence/file-system.js";
import { HybridRetriever, type HybridRetrieverOptions } from "./hybrid-retriever.js";
import {
  type Embeddings,
  HYBRID_MODES,
  HYBRID_OPTIONS,
  type HybridLoadOptions,
  type HybridSearchOptions,
  type HybridStoreOptions,
  LOAD_OPTIONS,
} from "./hybrid-store-options.js";
import { loadWords, savedWords, wordsPath } from "./saved-words.js";
import { type Halves, type HybridFound, searchBoth, searchDense, searchLexical } from "./search-both.js";

/** Documents that are analyzed or filtered at a time. */
const PAGE = 4096;

/** Options of adding; `FaissStore` documents them. */
const ADD_OPTIONS = [
  "ids",
  "upsert",
  "signal",
  "embedBatchSize",
  "onProgress",
] as const satisfies readonly (keyof AddOptions)[];

/**
 * A LangChain vector store that searches by meaning and by words together. Documents and vectors are in a `FaissStore`, their words in an
 * inverted index. Each half proposes its best documents. Both scores of every proposed document are computed, and it is ranked by
 * `lexicalWeight · bm25 / largest bm25 + (1 − lexicalWeight) · cosine`.
 *
 * Both halves change together. `save` writes the files of the `FaissStore`, with its guarantees, and a file of the words, which names its documents by checksum. If
 * the words are missing, damaged, or of other documents or another analyzer, they are read from the documents again. So a crash leaves both
 * halves consistent, and any folder that `FaissStore.save` wrote with the "cosine" strategy can be loaded.
 *
 * @example
 * const store = await HybridStore.fromDocuments(documents, embeddings);
 * const best = await store.asRetriever({ k: 20 }).invoke("How tall is Mont Blanc?");
 * await store.save("./store");
 */
export class HybridStore extends VectorStore {
  declare FilterType: DocumentFilter;
  private readonly halves: Halves;
  private readonly changes = new SerialQueue();
  private readonly candidates: number;
  private readonly lexicalWeight: number;
  private readonly unknownText: "lexical" | "ignore";
  private readonly onUnknownText: ((report: UnknownText) => void) | undefined;

  _vectorstoreType(): string {
    return "hybrid";
  }

  /**
   * Makes an empty store. @param dense internal: a store that `load` read
   * @throws {UnknownOptionError}
   * @throws {InvalidOptionError}
   */
  constructor(embeddings: Embeddings, options: HybridStoreOptions = {}, dense?: FaissStore) {
    checkKnownOptions(options, HYBRID_OPTIONS, "HybridStore");
    super(checkEmbeddings(embeddings), {});
    const { candidates = 100, lexicalWeight = 0.5, index } = options;
    const { analyzer, parameters } = bm25Settings(options);
    this.candidates = checkCount("candidates", candidates);
    this.lexicalWeight = checkNumber("lexicalWeight", lexicalWeight);
    if (lexicalWeight < 0 || lexicalWeight > 1) {
      throw new InvalidOptionError("lexicalWeight", "a number from 0 to 1", lexicalWeight);
    }
    this.unknownText = checkOneOf("unknownText", options.unknownText ?? "lexical", ["lexical", "ignore"]);
    this.onUnknownText = checkFunction("onUnknownText", options.onUnknownText);
    this.halves = {
      dense:
        dense ??
        new FaissStore(embeddings, { distanceStrategy: "cosine", ...(index !== undefined && { index }) }),
      lexical: new KeyedIndex(analyzer, parameters),
    };
  }

  /** Makes a store of documents. @throws as the constructor and `addDocuments` */
  static override async fromDocuments(
    documents: DocumentInterface[],
    embeddings: Embeddings,
    options: HybridStoreOptions & AddOptions = {},
  ): Promise<HybridStore> {
    checkCallOptions(options, "HybridStore.fromDocuments", [...HYBRID_OPTIONS, ...ADD_OPTIONS]);
    const store = new HybridStore(embeddings, pickOptions(options, HYBRID_OPTIONS));
    await store.addDocuments(documents, pickOptions(options, ADD_OPTIONS));
    return store;
  }

  /** Makes a store of texts. @param metadatas one for each text, or one for all */
  static override async fromTexts(
    texts: string[],
    metadatas: Metadatas,
    embeddings: Embeddings,
    options: HybridStoreOptions & AddOptions = {},
  ): Promise<HybridStore> {
    return HybridStore.fromDocuments(toDocuments(texts, metadatas), embeddings, options);
  }

  /** Number of stored documents. */
  get size(): number {
    return this.halves.dense.size;
  }

  /**
   * Embeds documents and stores them: all, or none if one is invalid. @returns their ids
   * @throws {DuplicateIdError} for ids that exist already, unless `upsert` is set, or LangChain's `index` made them from the same documents
   * @throws the errors of `FaissStore.addDocuments`
   */
  async addDocuments(documents: DocumentInterface[], options: AddOptions = {}): Promise<string[]> {
    const { dense } = this.halves;
    return this.add(documents, options, (ids) => dense.addDocuments(documents, { ...options, ids }));
  }

  /** Stores documents with given vectors, one for each: all or none. @returns their ids @throws as `addDocuments` */
  async addVectors(
    vectors: Vector[],
    documents: DocumentInterface[],
    options: AddOptions = {},
  ): Promise<string[]> {
    const { dense } = this.halves;
    return this.add(documents, options, (ids) => dense.addVectors(vectors, documents, { ...options, ids }));
  }

  /** Deletes documents by ids, by filter, or all. @throws {UnknownDocumentIdError} for unknown ids; then nothing is deleted */
  override async delete(params: DeleteDocumentsParams): Promise<void> {
    checkDeleteParams(params);
    const { dense, lexical } = this.halves;
    return this.changes.run(async () => {
      const { signal } = params;
      if ("deleteAll" in params) {
        await dense.delete({ deleteAll: true, signal });
        lexical.clear();
        return;
      }
      const isByIds = "ids" in params;
      const ids = isByIds ? params.ids : await this.idsOf(params.filter, signal);
      const slots = lexical.slotsOf(ids, isByIds && params.ignoreMissing);
      await dense.delete({ ids, ignoreMissing: true, signal });
      await lexical.remove(slots);
    });
  }

  /** Returns the documents with these ids, in this order; unknown ids are left out. */
  async getByIds(ids: readonly string[]): Promise<Document[]> {
    return this.halves.dense.getByIds(ids);
  }

  /** Returns copies of all documents, in the order in which they were stored. Documents added or deleted meanwhile may be missing. */
  allDocuments(options: { readonly signal?: AbortSignal } = {}): AsyncGenerator<Document> {
    return this.halves.dense.allDocuments(options);
  }

  /** Finds the best documents for a question, best first, as `search` does. */
  override async similaritySearch(question: string, k = 4, filter?: DocumentFilter): Promise<Document[]> {
    return (await this.search(question, { k, filter })).map(({ document }) => document);
  }

  override async similaritySearchWithScore(
    question: string,
    k = 4,
    filter?: DocumentFilter,
  ): Promise<[Document, number][]> {
    return (await this.search(question, { k, filter })).map(({ document, score }) => [document, score]);
  }

  /** Searches only by meaning, because a vector has no words. Scores are cosines. */
  async similaritySearchVectorWithScore(
    query: Vector,
    k: number,
    filter?: DocumentFilter,
  ): Promise<[Document, number][]> {
    return this.halves.dense.similaritySearchVectorWithScore(query, k, filter);
  }

  /** Searches only by meaning, for documents near the question that differ from one another. */
  override async maxMarginalRelevanceSearch(
    question: string,
    options: MaxMarginalRelevanceSearchOptions<DocumentFilter>,
  ): Promise<Document[]> {
    return this.halves.dense.maxMarginalRelevanceSearch(question, options);
  }

  /**
   * Finds the best documents for a question with their scores, best first.
   * @throws {UnknownOptionError}
   * @throws {InvalidOptionError}
   * @throws {InvalidFilterError}
   */
  async search(question: string, options: HybridSearchOptions = {}): Promise<HybridFound[]> {
    checkCallOptions(options, "search", ["k", "filter", "mode", "onUnknownText", "signal"]);
    const { k = 4, filter, mode = "hybrid", signal } = options;
    const query = { question: checkText(question, "question"), k, filter, signal };
    if (k !== 0) checkCount("k", k);
    checkOneOf("mode", mode, HYBRID_MODES);
    checkFunction("onUnknownText", options.onUnknownText);
    signal?.throwIfAborted();
    if (this.size === 0 || k === 0) return [];
    if (mode === "dense") return searchDense(this.halves, query);
    if (mode === "lexical") return searchLexical(this.halves, query);
    const { candidates, lexicalWeight } = this;
    const isUnknown = await this.isLanguageUnknown(question, options);
    return searchBoth(this.halves, query, { candidates, lexicalWeight: isUnknown ? 1 : lexicalWeight });
  }

  /**
   * Makes a retriever of this store. Its options may also be given for one call, in `configurable`. Documents have `{ score, similarity, bm25Score }` in
   * `metadata.fusion`. The search types "mmr" and "similarity_score_threshold" search only by meaning, as `FaissStore`'s retrievers do.
   *
   * @example
   * store.asRetriever({ k: 20, filter: { language: "de" } });
   */
  override asRetriever(
    kOrOptions?: number | HybridRetrieverOptions | Partial<VectorStoreRetrieverInput<VectorStoreInterface>>,
    filter?: DocumentFilter,
  ): VectorStoreRetriever<this> {
    if (typeof kOrOptions !== "number") checkCallOptions(kOrOptions, "asRetriever");
    const options = typeof kOrOptions === "number" ? { k: kOrOptions, filter } : (kOrOptions ?? {});
    // Other kinds of search only use vectors.
    if ("searchType" in options && options.searchType !== "similarity") {
      return this.halves.dense.asRetriever(
        options as RetrieverOptions,
      ) as unknown as VectorStoreRetriever<this>;
    }
    const tags = [...(options.tags ?? []), this._vectorstoreType()];
    return new HybridRetriever<this>({ ...(options as HybridRetrieverOptions), vectorStore: this, tags });
  }

  /**
   * Saves the store into a folder, as `FaissStore.save` does, with the file `words.index`, which makes loading faster.
   * @throws {IndexFileError} if the words cannot be written; the old store still exists
   * @throws the errors of `FaissStore.save`
   */
  async save(directory: string, options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    checkCallOptions(options, "save", ["signal"]);
    const { dense, lexical } = this.halves;
    const path = wordsPath(directory);
    await this.changes.run(async () => {
      const words = await savedWords(lexical, options.signal);
      await fileSystem.saveIndex(path, words, {
        saveOwner: async () => {
          await dense.save(directory, options);
          return dense.documentsChecksum!;
        },
        ...options,
      });
    });
  }

  /**
   * Loads a store that `save` saved. Give the options with which it was made. The words are read from the documents again if the saved
   * ones do not match: after a crash, in a folder that `FaissStore` saved, or with another analyzer or one without an `analyzerId`.
   * @throws the errors of `FaissStore.load`
   */
  static async load(
    directory: string,
    embeddings: Embeddings,
    given: HybridLoadOptions = {},
  ): Promise<HybridStore> {
    checkCallOptions(given, "HybridStore.load", LOAD_OPTIONS);
    const { embeddingMismatch, signal, ...options } = given;
    // Check the options before a file is read.
    new HybridStore(embeddings, options);
    const dense = await FaissStore.load(directory, embeddings, {
      distanceStrategy: "cosine",
      ...(embeddingMismatch !== undefined && { embeddingMismatch }),
      ...(signal && { signal }),
    });
    const store = new HybridStore(embeddings, options, dense);
    const { lexical } = store.halves;
    if (await loadWords(lexical, wordsPath(directory), dense, signal)) return store;
    for await (const page of pagesOf(dense.allDocuments({ signal }))) await store.readWords(page, signal);
    return store;
  }

  /** Frees memory and workers; the store must not be used afterwards. */
  dispose(): void {
    this.halves.dense.dispose();
  }

  private async add(
    documents: readonly DocumentInterface[],
    options: AddOptions,
    store: (ids: string[]) => Promise<string[]>,
  ): Promise<string[]> {
    checkCallOptions(options, "addDocuments", ADD_OPTIONS);
    checkDocuments(documents);
    const { signal } = options;
    if (options.ids !== undefined && !Array.isArray(options.ids))
      throw new InvalidOptionError("ids", "an array", options.ids);
    if (options.ids !== undefined && options.ids.length !== documents.length) {
      throw new LengthMismatchError("ids", documents.length, options.ids.length, "document");
    }
    const ids = documents.map((document, i) => options.ids?.[i] ?? document.id ?? crypto.randomUUID());
    return this.changes.run(async () => {
      const entries = ids.map((id) => ({ id }));
      const texts = documents.map(({ pageContent }) => pageContent);
      // The dense half decides which ids may be replaced; if it throws, no words are added.
      await this.halves.lexical.add(entries, texts, { upsert: true, signal }, () => store(ids));
      return ids;
    });
  }

  /** Whether the vector of a question would be useless, because the embeddings do not know its language. */
  private async isLanguageUnknown(
    question: string,
    { signal, onUnknownText = this.onUnknownText }: HybridSearchOptions,
  ): Promise<boolean> {
    if (this.unknownText === "ignore") return false;
    const recommended = "intfloat/multilingual-e5-small";
    const report = await findUnknownText(this.embeddings, question, { recommended, signal });
    if (report === undefined) return false;
    if (onUnknownText) onUnknownText(report);
    else warnOfUnknownText(report, "Such questions are searched only by their words.");
    return true;
  }

  private async readWords(documents: readonly Document[], signal?: AbortSignal): Promise<void> {
    const entries = documents.map(({ id }) => ({ id: id! }) satisfies Keyed);
    const texts = documents.map(({ pageContent }) => pageContent);
    await this.halves.lexical.add(entries, texts, { upsert: false, signal });
  }

  private async idsOf(filter: DocumentFilter, signal: AbortSignal | undefined): Promise<string[]> {
    const test = documentTest(filter, signal);
    const ids: string[] = [];
    for await (const page of pagesOf(this.allDocuments({ signal }))) {
      const passes = await test(page);
      ids.push(...page.filter((_, i) => passes[i]).map(({ id }) => id!));
    }
    return ids;
  }
}

async function* pagesOf(documents: AsyncIterable<Document>): AsyncGenerator<Document[]> {
  let page: Document[] = [];
  for await (const document of documents) {
    if (page.push(document) < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
