import type { Callbacks } from "@langchain/core/callbacks/manager";
import type { Document, DocumentInterface } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { type MaxMarginalRelevanceSearchOptions, SaveableVectorStore } from "@langchain/core/vectorstores";
import { type DistanceStrategy, reachesThreshold } from "./distance-strategy.js";
import { LengthMismatchError } from "./errors/length-mismatch-error.js";
import type {
  AddOptions,
  DeleteParams,
  FaissStoreOptions,
  FilteredSearchOptions,
  LoadOptions,
  MarginalRelevanceOptions,
  PythonFileOptions,
  SimilaritySearchOptions,
} from "./faiss-store-options.js";
import type { FaissFilter } from "./filter/metadata-filter.js";
import { InvalidArgumentError } from "./index/invalid-argument-error.js";
import type { VectorIndex } from "./index/vector-index.js";
import { type RelevanceScore, relevanceFor } from "./relevance.js";
import { type OpenedStore, openStore, openStoreBytes } from "./save/open-store.js";
import { saveStore, storeBytes } from "./save/save-store.js";
import { javascriptLayout, pythonLayout, type StoreLayout } from "./save/store-layout.js";
import { storeContents } from "./store/contents-builder.js";
import { embedTexts } from "./store/embed-texts.js";
import { mergeStores } from "./store/merge-stores.js";
import { type PackedVectors, packVectors, type Vector } from "./store/pack-vectors.js";
import { type PreparedDocuments, prepareDocuments } from "./store/prepare-documents.js";
import { checkK, queryVector } from "./store/search-arguments.js";
import { searchMarginalRelevance } from "./store/search-marginal-relevance.js";
import { type Hit, StoreCore } from "./store/store-core.js";
import type { LongOperationOptions } from "./store/store-progress.js";
import { type Metadatas, toDocuments } from "./store/to-documents.js";

/**
 * A LangChain vector store over FAISS indexes and files, without native code.
 *
 * Documents handed in are only read; documents handed out are fresh copies. Scores are raw (see `DistanceStrategy`):
 * for the default "l2", squared distances where lower is better. Every change is checked completely before anything is
 * changed, and searches wait for changes that were asked for before them.
 *
 * @example
 * const store = await FaissStore.fromTexts(["a cat", "a dog"], [{ n: 1 }, { n: 2 }], embeddings);
 * const retriever = store.asRetriever({ k: 20 });
 * await store.saveForPython("./store"); // FAISS.load_local("./store", …) reads it
 */
export class FaissStore extends SaveableVectorStore {
  declare FilterType: FaissFilter;
  readonly #relevanceScore: RelevanceScore;
  readonly #core: StoreCore;

  _vectorstoreType(): string {
    return "faiss";
  }

  /**
   * An empty store.
   * @param opened what `load` and its like read; not for callers
   */
  constructor(embeddings: EmbeddingsInterface, options: FaissStoreOptions = {}, opened?: OpenedStore) {
    super(embeddings, {});
    const strategy =
      options.distanceStrategy ??
      opened?.link?.distanceStrategy ??
      (opened?.metric === "inner_product" ? "ip" : "l2");
    this.#core = new StoreCore(
      {
        distanceStrategy: strategy,
        normalizeL2: options.normalizeL2 ?? opened?.link?.normalizeL2 ?? false,
        index: options.index ?? { kind: "flat" },
      },
      opened && { index: opened.index, metric: opened.metric, ...opened.contents },
    );
    this.#relevanceScore = options.relevanceScore ?? relevanceFor(strategy);
  }

  /** Documents stored. */
  get size(): number {
    return this.#core.documents.size;
  }

  get distanceStrategy(): DistanceStrategy {
    return this.#core.settings.distanceStrategy;
  }

  /** The index underneath, `undefined` before the first vector. Search it freely; change it only through the store. */
  get index(): VectorIndex | undefined {
    return this.#core.index;
  }

  /**
   * Embeds documents and stores them: all, or when anything is wrong, none.
   * @returns their ids
   * @throws DuplicateIdError, LengthMismatchError, MetadataError, VectorDimensionError, InvalidVectorError
   */
  async addDocuments(documents: DocumentInterface[], options: AddOptions = {}): Promise<string[]> {
    const prepared = await this.#prepare(documents, options);
    const texts = documents.map((document) => document.pageContent);
    return this.#add(
      prepared,
      await embedTexts(this.embeddings, texts, this.index?.dimensions, options),
      options,
    );
  }

  /**
   * Stores documents under vectors made elsewhere: all or none.
   * @param vectors one for each document
   * @returns their ids
   * @throws as `addDocuments`
   */
  async addVectors(
    vectors: readonly Vector[],
    documents: DocumentInterface[],
    options: AddOptions = {},
  ): Promise<string[]> {
    const prepared = await this.#prepare(documents, options);
    const packed = await packVectors(vectors, documents.length, this.index?.dimensions, options.signal);
    return this.#add(prepared, packed, options);
  }

  /** Embeds texts and stores them, as `addDocuments`. @param metadatas one for each text, or one for all */
  async addTexts(
    texts: readonly string[],
    metadatas: Metadatas = {},
    options: AddOptions = {},
  ): Promise<string[]> {
    return this.addDocuments(toDocuments(texts, metadatas), options);
  }

  /**
   * Deletes documents by ids, by filter, or all.
   * @throws UnknownDocumentIdError when an id is not stored (nothing is deleted then)
   */
  override async delete(params: DeleteParams): Promise<void> {
    const core = this.#core;
    const ways = ["ids", "filter", "deleteAll"].filter((way) => (params as Record<string, unknown>)?.[way]);
    if (ways.length !== 1) {
      throw new InvalidArgumentError(
        "params",
        "one of `ids`, `filter` and `deleteAll: true`",
        ways.join(" and ") || "none",
      );
    }
    await core.lock.write(async () => {
      if ("ids" in params) await core.delete(params.ids);
      else if ("filter" in params) await core.delete(await core.idsWhere(params.filter, params.signal));
      else await core.delete([...core.documents.ids()]);
    });
  }

  /** The documents of these ids, in their order; ids that are not stored are left out. */
  async getByIds(ids: readonly string[]): Promise<Document[]> {
    const { documents } = this.#core;
    const slots = ids.map((id) => documents.slotOf(id)).filter((slot) => slot !== undefined);
    return slots.map((slot) => documents.documentAt(slot));
  }

  /**
   * Copies all documents of another store into this one; the other stays as it is.
   * @returns the ids that were added
   * @throws DuplicateIdError, VectorDimensionError, StoreMismatchError when the strategies differ; nothing is copied then
   */
  async mergeFrom(source: FaissStore, options: LongOperationOptions = {}): Promise<string[]> {
    return mergeStores(source.#core, this.#core, options);
  }

  /**
   * The documents nearest to a vector with their raw scores, best first.
   * @param k results at most, a whole number from 0; 0 and an empty store give none
   * @param filter asked about every document before the search, which then finds the k nearest that pass
   * @throws InvalidArgumentError, VectorDimensionError, InvalidVectorError, InvalidFilterError
   */
  async similaritySearchVectorWithScore(
    query: readonly number[] | Float32Array,
    k: number,
    filter?: FaissFilter,
    options: SimilaritySearchOptions = {},
  ): Promise<[Document, number][]> {
    const { scoreThreshold, ...searchOptions } = options;
    const hits = await this.#search(query, k, { filter, ...searchOptions });
    return scoreThreshold === undefined
      ? hits
      : hits.filter(([, score]) => reachesThreshold(this.distanceStrategy, score, scoreThreshold));
  }

  /** The documents nearest to a text with their raw scores, as `similaritySearchVectorWithScore`. */
  override async similaritySearchWithScore(
    query: string,
    k = 4,
    filter?: FaissFilter,
    _callbacks?: Callbacks,
    options: SimilaritySearchOptions = {},
  ): Promise<[Document, number][]> {
    return this.similaritySearchVectorWithScore(await this.embeddings.embedQuery(query), k, filter, options);
  }

  /**
   * The documents nearest to a text with their relevance, from 0 (unrelated) to 1 (the same), best first.
   * `scoreThreshold` is a relevance here.
   */
  async similaritySearchWithRelevanceScores(
    query: string,
    k = 4,
    { filter, scoreThreshold = Number.NEGATIVE_INFINITY, ...options }: FilteredSearchOptions = {},
  ): Promise<[Document, number][]> {
    const found = await this.similaritySearchWithScore(query, k, filter, undefined, options);
    return found
      .map(([document, score]): [Document, number] => [document, this.#relevanceScore(score)])
      .filter(([, relevance]) => relevance >= scoreThreshold);
  }

  /**
   * Documents that are near the query and unlike one another (maximal marginal relevance).
   * `asRetriever({ searchType: "mmr", searchKwargs: { fetchK, lambda } })` searches this way.
   */
  override async maxMarginalRelevanceSearch(
    query: string,
    options: MaxMarginalRelevanceSearchOptions<FaissFilter> & MarginalRelevanceOptions,
    _callbacks?: Callbacks,
  ): Promise<Document[]> {
    return this.maxMarginalRelevanceSearchByVector(await this.embeddings.embedQuery(query), options);
  }

  async maxMarginalRelevanceSearchByVector(
    query: readonly number[] | Float32Array,
    options: MarginalRelevanceOptions = {},
  ): Promise<Document[]> {
    const found = await this.maxMarginalRelevanceSearchWithScoreByVector(query, options);
    return found.map(([document]) => document);
  }

  /** As above, each document with its own raw score. */
  async maxMarginalRelevanceSearchWithScoreByVector(
    query: readonly number[] | Float32Array,
    options: MarginalRelevanceOptions = {},
  ): Promise<[Document, number][]> {
    return this.#core.lock.read(async () =>
      this.#toDocuments(await searchMarginalRelevance(this.#core, query, options)),
    );
  }

  /**
   * Saves `faiss.index` and `docstore.json`, LangChain.js's files. A crash at any moment leaves the old store or the
   * new one.
   * @throws StoreLockedError when another process saves to the same files
   */
  async save(directory: string, options: LongOperationOptions = {}): Promise<void> {
    await this.#saveTo(javascriptLayout(directory), options);
  }

  /** Saves `index.faiss` and `index.pkl`, which `FAISS.load_local` of LangChain Python reads; else as `save`. */
  async saveForPython(
    directory: string,
    options: LongOperationOptions & PythonFileOptions = {},
  ): Promise<void> {
    await this.#saveTo(pythonLayout(directory, options.indexName), options);
  }

  /** The whole store as bytes, which Python's `FAISS.deserialize_from_bytes` reads, too. For stores below 2 GiB. */
  async serializeToBytes(options: LongOperationOptions = {}): Promise<Uint8Array> {
    return this.#settled(() => storeBytes(this.#core, options), options);
  }

  /** Gives memory and workers of the index back; the store must not be used afterwards. */
  dispose(): void {
    this.#core.index?.dispose();
  }

  /**
   * Loads what `save`, or LangChain.js, saved. Nothing in the files is executed.
   * @throws StoreFileError, StoreMismatchError, FaissFormatError, UnsupportedIndexError
   */
  static override async load(
    directory: string,
    embeddings: EmbeddingsInterface,
    options: LoadOptions = {},
  ): Promise<FaissStore> {
    return new FaissStore(embeddings, options, await openStore(javascriptLayout(directory), options));
  }

  /**
   * Loads what `saveForPython`, or LangChain Python's `save_local`, saved. The pickle is read as data from a closed list
   * of types; nothing in it is executed.
   * @throws as `load`, and MalformedPickleError, RefusedGlobalError
   */
  static async loadFromPython(
    directory: string,
    embeddings: EmbeddingsInterface,
    options: LoadOptions & PythonFileOptions = {},
  ): Promise<FaissStore> {
    return new FaissStore(
      embeddings,
      options,
      await openStore(pythonLayout(directory, options.indexName), options),
    );
  }

  /** What `serializeToBytes`, or Python's `serialize_to_bytes`, made. @throws as `loadFromPython` */
  static async deserializeFromBytes(
    bytes: Uint8Array,
    embeddings: EmbeddingsInterface,
    options: LoadOptions = {},
  ): Promise<FaissStore> {
    return new FaissStore(embeddings, options, await openStoreBytes(bytes, options));
  }

  /** A new store of texts. @param metadatas one for each text, or one for all */
  static override async fromTexts(
    texts: string[],
    metadatas: Metadatas,
    embeddings: EmbeddingsInterface,
    options: FaissStoreOptions & AddOptions = {},
  ): Promise<FaissStore> {
    return FaissStore.fromDocuments(toDocuments(texts, metadatas), embeddings, options);
  }

  /** A new store of documents. */
  static override async fromDocuments(
    documents: DocumentInterface[],
    embeddings: EmbeddingsInterface,
    options: FaissStoreOptions & AddOptions = {},
  ): Promise<FaissStore> {
    const store = new FaissStore(embeddings, options);
    await store.addDocuments(documents, options);
    return store;
  }

  /** A new store of texts whose vectors are known. */
  static async fromEmbeddings(
    textEmbeddings: readonly (readonly [text: string, vector: Vector])[],
    embeddings: EmbeddingsInterface,
    options: FaissStoreOptions & AddOptions & { metadatas?: Metadatas } = {},
  ): Promise<FaissStore> {
    const store = new FaissStore(embeddings, options);
    const documents = toDocuments(
      textEmbeddings.map(([text]) => text),
      options.metadatas ?? {},
    );
    await store.addVectors(
      textEmbeddings.map(([, vector]) => vector),
      documents,
      options,
    );
    return store;
  }

  /**
   * A new store from an existing one (a copy), or from an index and one document for each of its vectors (the index is
   * copied, too).
   */
  static async fromIndex(
    source: FaissStore | VectorIndex,
    embeddings: EmbeddingsInterface,
    options: FaissStoreOptions &
      LongOperationOptions & { documents?: DocumentInterface[]; ids?: string[] } = {},
  ): Promise<FaissStore> {
    if (source instanceof FaissStore) {
      const { distanceStrategy, normalizeL2 } = source.#core.settings;
      const store = new FaissStore(embeddings, { distanceStrategy, normalizeL2, ...options });
      await store.mergeFrom(source, options);
      return store;
    }
    const { documents = [], ids, signal } = options;
    if (documents.length !== source.ntotal) {
      throw new LengthMismatchError("documents", source.ntotal, documents.length, "vector of the index");
    }
    const contents = storeContents(await prepareDocuments(documents, ids, signal));
    const index = await source.clone();
    return new FaissStore(embeddings, options, { index, metric: index.metric, contents, link: undefined });
  }

  async #prepare(documents: readonly DocumentInterface[], options: AddOptions): Promise<PreparedDocuments> {
    const prepared = await prepareDocuments(documents, options.ids, options.signal);
    // Embedding may cost minutes and money; `add` looks again when it is this call's turn.
    if (!options.upsert) this.#core.checkNewIds(prepared.ids);
    return prepared;
  }

  async #add(prepared: PreparedDocuments, packed: PackedVectors, options: AddOptions): Promise<string[]> {
    const incoming = { ...prepared, ...packed, upsert: options.upsert ?? false };
    await this.#core.lock.write(() => this.#core.add(incoming, options));
    return [...prepared.ids];
  }

  async #search(
    query: Vector,
    k: number,
    options: Omit<FilteredSearchOptions, "scoreThreshold">,
  ): Promise<[Document, number][]> {
    checkK("k", k);
    return this.#core.lock.read(async () => {
      return this.#toDocuments(await this.#core.search(queryVector(query, this.index), k, options));
    });
  }

  #toDocuments(hits: readonly Hit[]): [Document, number][] {
    return hits.map(({ position, score }) => [this.#core.documentAt(position), score]);
  }

  async #saveTo(layout: StoreLayout, options: LongOperationOptions): Promise<void> {
    await this.#settled(() => saveStore(this.#core, layout, options), options);
  }

  /** Runs `work` on a store that does not change and whose positions are contiguous. */
  async #settled<T>(work: () => Promise<T>, options: LongOperationOptions): Promise<T> {
    const { lock, positions } = this.#core;
    if (positions.removed === 0) return lock.read(work);
    return lock.write(async () => {
      await this.#core.compact(options);
      return work();
    });
  }
}
