import type { CallbackManagerForRetrieverRun, Callbacks } from "@langchain/core/callbacks/manager";
import type { DocumentInterface } from "@langchain/core/documents";
import type { RunnableConfig } from "@langchain/core/runnables";
import {
  type VectorStoreInterface,
  VectorStoreRetriever,
  type VectorStoreRetrieverInput,
} from "@langchain/core/vectorstores";
import { checkCallOptions, checkHasMethod } from "@secondpass/core";
import type { FaissFilter } from "./faiss-filter.js";
import type { MarginalRelevanceOptions } from "./marginal-relevance-options.js";
import {
  type CheckedSearch,
  checkRetrieverOptions,
  checkSearch,
  type RetrieverOptions,
  searchOf,
} from "./retriever-options.js";
import type { FilteredSearchOptions, SimilaritySearchOptions } from "./similarity-search-options.js";

/** The methods of a store that the retriever uses. */
interface SearchedStore {
  similaritySearch(
    query: string,
    k?: number,
    filter?: FaissFilter,
    callbacks?: Callbacks,
  ): Promise<DocumentInterface[]>;
  similaritySearchWithScore(
    query: string,
    k?: number,
    filter?: FaissFilter,
    callbacks?: Callbacks,
    options?: SimilaritySearchOptions,
  ): Promise<[DocumentInterface, number][]>;
  similaritySearchWithRelevanceScores(
    query: string,
    k?: number,
    options?: FilteredSearchOptions,
  ): Promise<[DocumentInterface, number][]>;
  maxMarginalRelevanceSearch(
    query: string,
    options: MarginalRelevanceOptions & { readonly k: number },
    callbacks?: Callbacks,
  ): Promise<DocumentInterface[]>;
}

/**
 * A `VectorStoreRetriever` with the search types of LangChain Python. Tracing uses LangChain's name.
 *
 * `k`, `filter`, `scoreThreshold` and the other options of a search may be given for one call in `configurable`; a `signal` of the call stops its search.
 *
 * @example
 * const retriever = store.asRetriever({ searchType: "similarity_score_threshold", searchKwargs: { scoreThreshold: 0.8 } });
 * await retriever.invoke("ripe pears", { configurable: { k: 2, filter: { color: "green" } } });
 */
export class FaissStoreRetriever<
  Store extends VectorStoreInterface = VectorStoreInterface,
> extends VectorStoreRetriever<Store> {
  private search: CheckedSearch & { readonly signal?: AbortSignal };

  /** @throws UnknownOptionError, InvalidOptionError */
  constructor(fields: RetrieverOptions & { readonly vectorStore: Store }) {
    const search = checkRetrieverOptions(fields);
    checkHasMethod("vectorStore", fields?.vectorStore, ["similaritySearch"], "a FaissStore");
    const { vectorStore, callbacks, tags, metadata, verbose } = fields;
    const base = { vectorStore, callbacks, tags, metadata, verbose, k: search.k, filter: search.filter };
    super(base as VectorStoreRetrieverInput<Store>);
    this.searchType = search.searchType;
    this.searchKwargs = fields.searchKwargs as VectorStoreRetriever["searchKwargs"];
    this.search = search;
  }

  /** The id of LangChain's class, so that code that finds events by this name also finds those of this class. */
  override get lc_id(): string[] {
    return [...this.lc_namespace, VectorStoreRetriever.lc_name()];
  }

  /** @throws InvalidOptionError if an option of this call is invalid; what the store's search throws; the signal's reason */
  override async invoke(input: string, options?: Partial<RunnableConfig>): Promise<DocumentInterface[]> {
    checkCallOptions(options, "invoke");
    const { signal, configurable } = options ?? {};
    const own = perCall({ ...(configurable as object | undefined), ...perCall(options ?? {}) });
    if (signal === undefined && Object.keys(own).length === 0) return super.invoke(input, options);
    signal?.throwIfAborted();
    const search = { ...checkSearch({ ...this.current, ...own }), ...(signal && { signal }) };
    // Each call has its own retriever, so that concurrent calls do not mix.
    const call: this = Object.assign(Object.create(Object.getPrototypeOf(this)), this, {
      search,
      k: search.k,
      filter: search.filter,
    });
    return super.invoke.call(call, input, options) as Promise<DocumentInterface[]>;
  }

  override async _getRelevantDocuments(
    query: string,
    runManager?: CallbackManagerForRetrieverRun,
  ): Promise<DocumentInterface[]> {
    const {
      searchType,
      k = 4,
      filter,
      scoreThreshold,
      fetchK,
      lambda,
      efSearch,
      nprobe,
      signal,
    } = this.current;
    const callbacks = runManager?.getChild("vectorstore");
    const options = withoutUndefined({ efSearch, nprobe, signal });
    const vectorStore = this.vectorStore as unknown as SearchedStore;
    if (searchType === "mmr") {
      const diverse = withoutUndefined({ filter, fetchK, lambda });
      return vectorStore.maxMarginalRelevanceSearch(query, { k, ...diverse, ...options }, callbacks);
    }
    if (searchType === "similarity_score_threshold") {
      const relevant = { ...options, ...withoutUndefined({ filter, scoreThreshold }) };
      return withoutScores(await vectorStore.similaritySearchWithRelevanceScores(query, k, relevant));
    }
    if (scoreThreshold === undefined && Object.keys(options).length === 0) {
      return vectorStore.similaritySearch(query, k, filter, callbacks);
    }
    const near = { ...options, ...withoutUndefined({ scoreThreshold }) };
    return withoutScores(await vectorStore.similaritySearchWithScore(query, k, filter, callbacks, near));
  }

  /** The current search: `k` and `filter` are fields of the retriever, which callers may change. */
  private get current(): CheckedSearch & { readonly signal?: AbortSignal } {
    return { ...this.search, k: this.k, filter: this.filter as FaissFilter | undefined };
  }
}

/** The search options in a call's config. */
function perCall(config: object): Partial<CheckedSearch> {
  const { searchType } = config as Partial<CheckedSearch>;
  return { ...searchOf(config), ...(searchType !== undefined && { searchType }) };
}

function withoutScores(found: readonly [DocumentInterface, number][]): DocumentInterface[] {
  return found.map(([document]) => document);
}

function withoutUndefined<Options extends object>(
  options: Options,
): { [Name in keyof Options]?: NonNullable<Options[Name]> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options;
}
