import type { Callbacks } from "@langchain/core/callbacks/manager";
import type { Document, DocumentInterface } from "@langchain/core/documents";
import type { EmbeddingsInterface as Embeddings } from "@langchain/core/embeddings";
import {
  type MaxMarginalRelevanceSearchOptions,
  SaveableVectorStore,
  type VectorStoreInterface,
  type VectorStoreRetrieverInput,
} from "@langchain/core/vectorstores";
import {
  checkDocuments,
  checkEmbeddings,
  checkHasMethod,
  checkText,
  checkTexts,
  type EmbeddingIdentity,
  InvalidOptionError,
  pickOptions,
  withHandledRejection,
} from "@secondpass/core";
import {
  type IndexProposal,
  type ProposalTarget,
  proposeIndex,
  type SearchTuning,
  type Tuning,
  type VectorIndex,
} from "@secondpass/faiss";
import { ADD_OPTIONS, type AddOptions } from "./changes/add-options.js";
import { DELETE_PARAMS, type DeleteParams } from "./changes/delete-params.js";
import { mergeStores } from "./changes/merge-stores.js";
import { StoreChanges } from "./changes/store-changes.js";
import { checkList, checkOptions } from "./check-options.js";
import { checkMismatches, checkOrigin } from "./check-origin.js";
import { checkedEmbeddings } from "./checked-embeddings.js";
import type { DistanceStrategy } from "./contents/distance-strategy.js";
import { pairIndex } from "./contents/pair-index.js";
import { StoreContents } from "./contents/store-contents.js";
import { LONG_OPERATION_OPTIONS, type LongOperationOptions } from "./contents/store-progress.js";
import type { Vector } from "./contents/vector-pieces.js";
import { type Metadatas, toDocuments } from "./documents/to-documents.js";
import {
  type FaissStoreOptions,
  FROM_INDEX_OPTIONS,
  type FromIndexOptions,
  MERGE_OPTIONS,
  type MergeOptions,
  STORE_OPTIONS,
} from "./faiss-store-options.js";
import { compareIdentities } from "./identity/compare-identities.js";
import { identityOf } from "./identity/identity-of.js";
import { irrelevantFields } from "./irrelevant-fields.js";
import {
  LOAD_OPTIONS,
  type LoadOptions,
  type PythonFileOptions,
  type PythonLoadOptions,
} from "./load-options.js";
import type { MismatchOption } from "./mismatch-option.js";
import { fileSystem } from "./persistence/file-system.js";
import type { OpenedStore } from "./persistence/read-store.js";
import { openStoreBytes, storeBytes } from "./persistence/store-bytes.js";
import type { StoreFolder } from "./persistence/store-paths.js";
import type { FaissFilter } from "./search/faiss-filter.js";
import { FaissStoreRetriever } from "./search/faiss-store-retriever.js";
import {
  MARGINAL_RELEVANCE_OPTIONS,
  type MarginalRelevanceOptions,
} from "./search/marginal-relevance-options.js";
import { checkRelevance, type RetrieverOptions } from "./search/retriever-options.js";
import {
  type FilteredSearchOptions,
  SIMILARITY_SEARCH_OPTIONS,
  type SimilaritySearchOptions,
} from "./search/similarity-search-options.js";
import { StoreSearch } from "./search/store-search.js";
import { storeSettings } from "./store-settings.js";
import {
  STORE_TUNE_OPTIONS,
  type StoreTuneOptions,
  tuneContents,
  tuneVectors,
  VECTOR_TUNE_OPTIONS,
  type VectorTuneOptions,
} from "./tuning/tune-vectors.js";

/**
 * A LangChain vector store over FAISS indexes and files, without native code.
 *
 * Documents passed in are only read; documents returned are fresh copies. Scores are raw (see `DistanceStrategy`): squared
 * distances, lower is better, for the default "l2". A change is checked completely before it begins; later searches wait for it.
 *
 * @example
 * const store = await FaissStore.fromTexts(["a cat", "a dog"], [{ n: 1 }, { n: 2 }], embeddings);
 * const retriever = store.asRetriever({ k: 20 });
 * await store.saveForPython("./store"); // FAISS.load_local("./store", …) reads it
 */
export class FaissStore extends SaveableVectorStore {
  declare FilterType: FaissFilter;
  private readonly contents: StoreContents;
  private readonly searcher: StoreSearch;
  private readonly changes: StoreChanges;
  private readonly checkedEmbeddings: Embeddings;
  private readonly allowsMismatch: boolean;
  /** The record of embeddings that was saved with this store, or with one that was copied into it. */
  private recorded: EmbeddingIdentity | undefined;
  private savedDocuments: string | undefined;

  _vectorstoreType(): string {
    return "faiss";
  }

  /**
   * An empty store.
   * @param opened the contents that `load` and similar methods have read; not for callers
   * @throws UnknownOptionError, InvalidOptionError
   */
  constructor(
    embeddings: Embeddings,
    options: FaissStoreOptions & MismatchOption = {},
    opened?: OpenedStore,
  ) {
    checkOptions(options, "FaissStore", STORE_OPTIONS);
    super(checkEmbeddings(embeddings), {});
    this.contents = new StoreContents(storeSettings(options, opened), opened);
    this.searcher = new StoreSearch(this.contents, options.relevanceScore);
    this.changes = new StoreChanges(this.contents, this.searcher, options);
    this.recorded = opened?.link?.embeddings;
    this.savedDocuments = opened?.link?.documents.sha256;
    this.allowsMismatch = options.embeddingMismatch === "allow";
    const expected = this.allowsMismatch ? undefined : this.recorded;
    const irrelevant = irrelevantFields(this.contents.settings);
    this.checkedEmbeddings = checkedEmbeddings(() => this.embeddings, expected, irrelevant);
  }

  /** Number of documents. */
  get size(): number {
    return this.contents.documents.size;
  }

  /**
   * SHA-256, hexadecimal, of the documents as they were loaded from a folder or last saved to one. Files kept next to a saved store can use it to name the
   * documents that they belong to. Undefined if the store was neither loaded nor saved, or if another program wrote the files.
   */
  get documentsChecksum(): string | undefined {
    return this.savedDocuments;
  }

  get distanceStrategy(): DistanceStrategy {
    return this.contents.settings.distanceStrategy;
  }

  /** The index underneath, `undefined` before the first vector. Search it freely; change it only through the store. */
  get index(): VectorIndex | undefined {
    return this.contents.index;
  }

  /**
   * Embeds documents and stores them: all, or none if anything fails. @returns their ids
   * Throws for ids that are stored unless `upsert` is set; ids that LangChain's `index` made from the same documents are allowed.
   * @throws DuplicateIdError, LengthMismatchError, MetadataError, VectorDimensionError, InvalidVectorError
   */
  async addDocuments(documents: DocumentInterface[], options: AddOptions = {}): Promise<string[]> {
    checkDocuments(documents);
    checkOptions(options, "addDocuments", ADD_OPTIONS);
    return this.changes.addDocuments(documents, this.checkedEmbeddings, options);
  }

  /** Embeds texts and stores them, as `addDocuments`. @param metadatas one for each text, or one for all */
  async addTexts(texts: readonly string[], metadatas: Metadatas = {}, options: AddOptions = {}) {
    checkTexts(texts);
    checkOptions(options, "addTexts", ADD_OPTIONS);
    return this.addDocuments(await toDocuments(texts, metadatas, options.signal), options);
  }

  /** Stores documents with vectors made elsewhere, one for each: all or none. @returns their ids @throws as `addDocuments` */
  async addVectors(vectors: readonly Vector[], documents: DocumentInterface[], options: AddOptions = {}) {
    checkDocuments(documents);
    checkOptions(options, "addVectors", ADD_OPTIONS);
    return this.changes.addVectors(vectors, documents, options);
  }

  /**
   * Copies all documents of another store into this one; the other stays as it is. @returns the ids that were added
   * @throws EmbeddingMismatchError if their embeddings differ
   * @throws DuplicateIdError, VectorDimensionError, StoreMismatchError if the strategies differ; nothing is copied then
   */
  async mergeFrom(source: FaissStore, options: MergeOptions = {}): Promise<string[]> {
    checkOptions(options, "mergeFrom", MERGE_OPTIONS);
    if (!(source instanceof FaissStore)) throw new InvalidOptionError("source", "a FaissStore", source);
    const [theirs, ours] = await Promise.all([source.identity(options), this.identity(options)]);
    // The dimensions are left out here, because `mergeStores` compares those of the vectors themselves.
    const irrelevant = ["dimensions", ...irrelevantFields(this.contents.settings)] as const;
    const mismatches = compareIdentities(theirs, ours, irrelevant);
    checkMismatches(mismatches, options);
    const ids = await mergeStores(source.contents, this.contents, options);
    if (mismatches.length === 0) this.recorded = { ...theirs, ...ours };
    return ids;
  }

  /** Deletes documents by ids, by filter, or all. @throws UnknownDocumentIdError; nothing is deleted then */
  override async delete(params: DeleteParams): Promise<void> {
    checkOptions(params, "delete", DELETE_PARAMS);
    await this.changes.delete(params);
  }

  /**
   * Finds the smallest `efSearch` or `nprobe` with which searches reach the recall, and sets it as the index's default, which `save` keeps. An exact
   * index stays as it is.
   *
   * @example
   * await store.tune({ recall: 0.97 }); // { nprobe: 24, recall: 0.972, msPerQuery: 1.9 }
   * @throws TuningError if no setting reaches the recall; UnsupportedOperationError if the index does not have the vectors themselves
   */
  async tune(options: StoreTuneOptions = {}): Promise<SearchTuning> {
    checkOptions(options, "tune", STORE_TUNE_OPTIONS);
    return this.contents.lock.read(() => tuneContents(this.contents, options));
  }

  /**
   * Proposes a kind of index for a number of vectors, from published measurements: exact up to 40 million numbers, then a graph; codes with vectors on disk
   * if neither fits into `memoryBytes`. Nothing is measured or set here: pass `index` to a new store.
   *
   * @example
   * const { index, bytes, reason } = FaissStore.proposeIndex({ size: 2_000_000, dimensions: 768, memoryBytes: 400e6 });
   * const store = new FaissStore(embeddings, { index });
   * @throws InvalidArgumentError if nothing fits into the memory
   */
  static proposeIndex(target: ProposalTarget): IndexProposal {
    return proposeIndex(target);
  }

  /**
   * Builds each kind of index over your vectors, measures searches, and returns the fastest kind that reaches the recall within the memory, with its
   * parameters. This takes as long as building all kinds. The same vectors and seed give the same recalls; times are those of this machine.
   *
   * @example
   * const { index, recall, msPerQuery } = await FaissStore.tune(vectors, { recall: 0.97, memoryBytes: 2e9 });
   * const store = new FaissStore(embeddings, { index });
   * @throws TuningError if nothing reaches the recall within the memory, with the best recall that was reached
   */
  static async tune(vectors: readonly Vector[], options: VectorTuneOptions = {}): Promise<Tuning> {
    checkOptions(options, "FaissStore.tune", VECTOR_TUNE_OPTIONS);
    return tuneVectors(vectors, options);
  }

  /** The documents of these ids, in their order; ids that are not stored are left out. */
  async getByIds(ids: readonly string[]): Promise<Document[]> {
    checkList("ids", ids);
    return this.searcher.byIds(ids);
  }

  /** All documents, fresh copies, in the order in which they were stored. Documents added or deleted meanwhile may be missing. */
  allDocuments(options: { readonly signal?: AbortSignal } = {}): AsyncGenerator<Document> {
    checkOptions(options, "allDocuments", ["signal"]);
    return this.searcher.all(options.signal);
  }

  /**
   * Raw scores of documents for a vector, whether they are near or not, in the order of the ids; undefined for ids that are not stored.
   * @throws VectorDimensionError
   */
  async scoresByIds(
    query: Vector,
    ids: readonly string[],
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<(number | undefined)[]> {
    checkOptions(options, "scoresByIds", ["signal"]);
    checkList("ids", ids);
    return this.searcher.scores(query, ids, options.signal);
  }

  /**
   * The documents nearest to a vector with their raw scores, best first.
   * @param k maximum number of results, a whole number from 0
   * @param filter checked for every document before the search, which then finds the k nearest that pass
   * @throws InvalidArgumentError, VectorDimensionError, InvalidVectorError, InvalidFilterError
   */
  async similaritySearchVectorWithScore(
    query: Vector,
    k: number,
    filter?: FaissFilter,
    options: SimilaritySearchOptions = {},
  ): Promise<[Document, number][]> {
    checkOptions(options, "similaritySearchVectorWithScore", SIMILARITY_SEARCH_OPTIONS);
    return this.searcher.nearest(query, k, { filter, ...options });
  }

  /** The documents nearest to a text, as `similaritySearchWithScore`. */
  override async similaritySearch(
    query: string,
    k = 4,
    filter?: FaissFilter,
    callbacks?: Callbacks,
  ): Promise<Document[]> {
    const found = await this.similaritySearchWithScore(query, k, filter, callbacks);
    return found.map(([document]) => document);
  }

  /** The documents nearest to a text with their raw scores, as `similaritySearchVectorWithScore`. */
  override async similaritySearchWithScore(
    query: string,
    k = 4,
    filter?: FaissFilter,
    _callbacks?: Callbacks,
    options: SimilaritySearchOptions = {},
  ): Promise<[Document, number][]> {
    checkOptions(options, "similaritySearchWithScore", SIMILARITY_SEARCH_OPTIONS);
    return this.similaritySearchVectorWithScore(
      await this.checkedEmbeddings.embedQuery(checkText(query, "query")),
      k,
      filter,
      options,
    );
  }

  /** The nearest documents with their relevance from 0 (unrelated) to 1 (the same). `scoreThreshold` is a relevance here. */
  async similaritySearchWithRelevanceScores(
    query: string,
    k = 4,
    options: FilteredSearchOptions = {},
  ): Promise<[Document, number][]> {
    checkOptions(options, "similaritySearchWithRelevanceScores", ["filter", ...SIMILARITY_SEARCH_OPTIONS]);
    const { filter, scoreThreshold, ...others } = options;
    if (scoreThreshold !== undefined) checkRelevance(scoreThreshold);
    const found = await this.similaritySearchWithScore(query, k, filter, undefined, others);
    return this.searcher.relevant(found, scoreThreshold);
  }

  /** Documents near the query and unlike one another, as `asRetriever({ searchType: "mmr", searchKwargs: { fetchK, lambda } })`. */
  override async maxMarginalRelevanceSearch(
    query: string,
    options: MaxMarginalRelevanceSearchOptions<FaissFilter> & MarginalRelevanceOptions,
    _callbacks?: Callbacks,
  ): Promise<Document[]> {
    checkOptions(options, "maxMarginalRelevanceSearch", MARGINAL_RELEVANCE_OPTIONS);
    return this.maxMarginalRelevanceSearchByVector(
      await this.checkedEmbeddings.embedQuery(checkText(query, "query")),
      options,
    );
  }

  async maxMarginalRelevanceSearchByVector(query: Vector, options: MarginalRelevanceOptions = {}) {
    const found = await this.maxMarginalRelevanceSearchWithScoreByVector(query, options);
    return found.map(([document]) => document);
  }

  /** As `maxMarginalRelevanceSearch` for a vector, each document with its own raw score. */
  async maxMarginalRelevanceSearchWithScoreByVector(query: Vector, options: MarginalRelevanceOptions = {}) {
    checkOptions(options, "maxMarginalRelevanceSearch", MARGINAL_RELEVANCE_OPTIONS);
    return this.searcher.diverse(query, options);
  }

  /**
   * A retriever of this store, with LangChain Python's search types.
   *
   * @example
   * store.asRetriever({ k: 20, filter: { language: "de" } });
   * store.asRetriever({ searchType: "similarity_score_threshold", searchKwargs: { scoreThreshold: 0.8 } });
   * @throws UnknownOptionError, InvalidOptionError
   */
  override asRetriever(
    kOrOptions?: number | RetrieverOptions | Partial<VectorStoreRetrieverInput<VectorStoreInterface>>,
    filter?: FaissFilter,
    callbacks?: Callbacks,
    tags?: string[],
    metadata?: Record<string, unknown>,
    verbose?: boolean,
  ): FaissStoreRetriever<this> {
    if (typeof kOrOptions !== "number") checkOptions(kOrOptions, "asRetriever");
    const options =
      typeof kOrOptions === "number"
        ? { k: kOrOptions, filter, callbacks, tags, metadata, verbose }
        : (kOrOptions ?? {});
    const allTags = [...(options.tags ?? []), this._vectorstoreType()];
    return new FaissStoreRetriever<this>({
      ...(options as RetrieverOptions),
      vectorStore: this,
      tags: allTags,
    });
  }

  /**
   * Saves `faiss.index` and `docstore.json`, LangChain.js's files. A crash at any moment leaves the old store or the new one.
   * @throws StoreLockedError if another process saves to the same files
   */
  async save(directory: string, options: LongOperationOptions = {}): Promise<void> {
    checkOptions(options, "save", LONG_OPERATION_OPTIONS);
    await this.saveIn({ layout: "javascript", directory }, options);
  }

  /** Saves `index.faiss` and `index.pkl`, which `FAISS.load_local` of LangChain Python reads; otherwise as `save`. */
  async saveForPython(directory: string, options: LongOperationOptions & PythonFileOptions = {}) {
    checkOptions(options, "saveForPython", [...LONG_OPERATION_OPTIONS, "indexName"]);
    await this.saveIn({ layout: "python", directory, ...options }, options);
  }

  /** The whole store as bytes, which Python's `FAISS.deserialize_from_bytes` also reads. For stores below 2 GiB. */
  async serializeToBytes(options: LongOperationOptions = {}): Promise<Uint8Array> {
    checkOptions(options, "serializeToBytes", LONG_OPERATION_OPTIONS);
    return storeBytes(this.contents, this.identity(options), options);
  }

  /**
   * Loads a store that `save` or LangChain.js saved. Nothing in the files is executed.
   * @throws EmbeddingMismatchError if it was saved with other embeddings, or with another distance than the options say
   * @throws StoreFileError, StoreMismatchError, FaissFormatError, UnsupportedIndexError
   */
  static override async load(directory: string, embeddings: Embeddings, options: LoadOptions = {}) {
    checkOptions(options, "FaissStore.load", LOAD_OPTIONS);
    checkEmbeddings(embeddings);
    const opened = await fileSystem.openStore({ layout: "javascript", directory }, options);
    return FaissStore.opened(embeddings, options, await checkOrigin(opened, embeddings, options));
  }

  /**
   * Loads a store that `saveForPython` or LangChain Python's `save_local` saved. The pickle is read as data of a closed list
   * of types; nothing in it is executed.
   * @throws as `load`, and MalformedPickleError, PickleBudgetError, ForbiddenGlobalError
   */
  static async loadFromPython(directory: string, embeddings: Embeddings, options: PythonLoadOptions = {}) {
    checkOptions(options, "FaissStore.loadFromPython", [...LOAD_OPTIONS, "indexName"]);
    checkEmbeddings(embeddings);
    const opened = await fileSystem.openStore({ layout: "python", directory, ...options }, options);
    return FaissStore.opened(embeddings, options, await checkOrigin(opened, embeddings, options));
  }

  /** Loads a store from the bytes of `serializeToBytes` or Python's `serialize_to_bytes`. @throws as `loadFromPython` */
  static async deserializeFromBytes(bytes: Uint8Array, embeddings: Embeddings, options: LoadOptions = {}) {
    checkOptions(options, "FaissStore.deserializeFromBytes", LOAD_OPTIONS);
    checkEmbeddings(embeddings);
    if (!(bytes instanceof Uint8Array)) throw new InvalidOptionError("bytes", "a Uint8Array", bytes);
    const opened = await openStoreBytes(bytes, options);
    return FaissStore.opened(embeddings, options, await checkOrigin(opened, embeddings, options));
  }

  /** A new store of texts. @param metadatas one for each text, or one for all */
  static override async fromTexts(
    texts: string[],
    metadatas: Metadatas,
    embeddings: Embeddings,
    options: FaissStoreOptions & AddOptions = {},
  ): Promise<FaissStore> {
    checkTexts(texts);
    checkOptions(options, "FaissStore.fromTexts", [...STORE_OPTIONS, ...ADD_OPTIONS]);
    return FaissStore.fromDocuments(await toDocuments(texts, metadatas, options.signal), embeddings, options);
  }

  /** A new store of documents. */
  static override async fromDocuments(
    documents: DocumentInterface[],
    embeddings: Embeddings,
    options: FaissStoreOptions & AddOptions = {},
  ): Promise<FaissStore> {
    checkOptions(options, "FaissStore.fromDocuments", [...STORE_OPTIONS, ...ADD_OPTIONS]);
    const store = new FaissStore(embeddings, pickOptions(options, STORE_OPTIONS));
    await store.addDocuments(documents, pickOptions(options, ADD_OPTIONS));
    return store;
  }

  /** A new store of texts whose vectors are known. */
  static async fromEmbeddings(
    textEmbeddings: readonly (readonly [text: string, vector: Vector])[],
    embeddings: Embeddings,
    options: FaissStoreOptions & AddOptions & { metadatas?: Metadatas } = {},
  ): Promise<FaissStore> {
    checkOptions(options, "FaissStore.fromEmbeddings", [...STORE_OPTIONS, ...ADD_OPTIONS, "metadatas"]);
    checkList("textEmbeddings", textEmbeddings);
    const texts = textEmbeddings.map(([text]) => text);
    const vectors = textEmbeddings.map(([, vector]) => vector);
    const store = new FaissStore(embeddings, pickOptions(options, STORE_OPTIONS));
    const documents = await toDocuments(texts, options.metadatas ?? {}, options.signal);
    await store.addVectors(vectors, documents, pickOptions(options, ADD_OPTIONS));
    return store;
  }

  /** A copy of a store, or a new store from an index (which is also copied) and one document for each of its vectors. */
  static async fromIndex(
    source: FaissStore | VectorIndex,
    embeddings: Embeddings,
    options: FromIndexOptions = {},
  ): Promise<FaissStore> {
    checkOptions(options, "FaissStore.fromIndex", FROM_INDEX_OPTIONS);
    const own = pickOptions(options, STORE_OPTIONS);
    if (source instanceof FaissStore) {
      const { distanceStrategy, normalizeL2 } = source.contents.settings;
      const store = new FaissStore(embeddings, { distanceStrategy, normalizeL2, ...own });
      await store.mergeFrom(source, pickOptions(options, MERGE_OPTIONS));
      return store;
    }
    checkEmbeddings(embeddings);
    checkHasMethod("source", source, ["reconstruct"], "a FaissStore or an index");
    const paired = await pairIndex(source, options.documents ?? [], options.ids, options.signal);
    return new FaissStore(embeddings, own, { ...paired, link: undefined });
  }

  private static opened(embeddings: Embeddings, options: LoadOptions, opened: OpenedStore): FaissStore {
    return new FaissStore(embeddings, pickOptions(options, STORE_OPTIONS), opened);
  }

  private async saveIn(folder: StoreFolder, options: LongOperationOptions): Promise<void> {
    const saved = await fileSystem.saveStore(this.contents, folder, this.identity(options), options);
    this.savedDocuments = saved.sha256;
  }

  /** The identity of the embeddings that made the vectors, as far as it is known. */
  private identity({ signal }: LongOperationOptions): Promise<EmbeddingIdentity> {
    // A caller may fail before it awaits the identity.
    return withHandledRejection(
      identityOf(this.embeddings, signal).then((given) => this.identityWith(given)),
    );
  }

  /** The recorded identity and the given one, merged if they agree. */
  private identityWith(given: EmbeddingIdentity): EmbeddingIdentity {
    const recorded = this.recorded ?? {};
    const irrelevant = irrelevantFields(this.contents.settings);
    if (compareIdentities(recorded, given, irrelevant).length === 0) return { ...recorded, ...given };
    return this.allowsMismatch ? given : recorded;
  }

  /** Frees memory and workers of the index; the store must not be used afterwards. */
  dispose(): void {
    this.contents.index?.dispose();
  }
}
