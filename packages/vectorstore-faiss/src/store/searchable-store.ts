import type { Callbacks } from "@langchain/core/callbacks/manager";
import type { Document } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { type MaxMarginalRelevanceSearchOptions, SaveableVectorStore } from "@langchain/core/vectorstores";
import type { VectorIndex } from "@secondpass/faiss";
import { workSlices } from "@secondpass/faiss/io";
import { type DistanceStrategy, reachesThreshold } from "../distance-strategy.js";
import type {
  FaissStoreOptions,
  FilteredSearchOptions,
  MarginalRelevanceOptions,
  SimilaritySearchOptions,
} from "../faiss-store-options.js";
import type { FaissFilter } from "../filter/metadata-filter.js";
import { type RelevanceScore, relevanceFor } from "../relevance.js";
import type { OpenedStore } from "../save/read-store.js";
import type { Vector } from "./pack-vectors.js";
import { checkK, queryVector } from "./search-arguments.js";
import { searchMarginalRelevance } from "./search-marginal-relevance.js";
import { type Hit, StoreCore } from "./store-core.js";

/** What a `FaissStore` finds: every way to ask it. */
export abstract class SearchableStore extends SaveableVectorStore {
  declare FilterType: FaissFilter;
  readonly #relevanceScore: RelevanceScore;
  /** @internal */
  protected readonly core: StoreCore;

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
    this.core = new StoreCore(
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
    return this.core.documents.size;
  }

  get distanceStrategy(): DistanceStrategy {
    return this.core.settings.distanceStrategy;
  }

  /** The index underneath, `undefined` before the first vector. Search it freely; change it only through the store. */
  get index(): VectorIndex | undefined {
    return this.core.index;
  }

  /** The documents of these ids, in their order; ids that are not stored are left out. */
  async getByIds(ids: readonly string[]): Promise<Document[]> {
    return this.core.lock.read(async () => {
      const { documents } = this.core;
      const slices = workSlices();
      const found: Document[] = [];
      for (const id of ids) {
        const slot = documents.slotOf(id);
        if (slot !== undefined) found.push(documents.documentAt(slot));
        if (slices.due()) await slices.pause();
      }
      return found;
    });
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
    return this.core.lock.read(async () =>
      this.#toDocuments(await searchMarginalRelevance(this.core, query, options)),
    );
  }

  /** Gives memory and workers of the index back; the store must not be used afterwards. */
  dispose(): void {
    this.core.index?.dispose();
  }

  async #search(
    query: Vector,
    k: number,
    options: Omit<FilteredSearchOptions, "scoreThreshold">,
  ): Promise<[Document, number][]> {
    checkK("k", k);
    return this.core.lock.read(async () => {
      return this.#toDocuments(await this.core.search(queryVector(query, this.index), k, options));
    });
  }

  #toDocuments(hits: readonly Hit[]): [Document, number][] {
    return hits.map(({ position, score }) => [this.core.documentAt(position), score]);
  }
}
