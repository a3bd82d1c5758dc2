import type { CallbackManagerForRetrieverRun } from "@langchain/core/callbacks/manager";
import { Document, type DocumentInterface } from "@langchain/core/documents";
import type { BaseRetrieverInput } from "@langchain/core/retrievers";
import type { RunnableConfig } from "@langchain/core/runnables";
import {
  type VectorStoreInterface,
  VectorStoreRetriever,
  type VectorStoreRetrieverInput,
} from "@langchain/core/vectorstores";
import {
  checkCallOptions,
  checkCount,
  checkFilter,
  checkHasMethod,
  checkKnownOptions,
  checkOneOf,
  checkOptionValues,
  type OptionCheck,
  raceWithSignal,
} from "@secondpass/core";
import { copyWith } from "../copy-with.js";
import type { DocumentFilter } from "../documents/document-filter.js";
import { HYBRID_MODES, type HybridMode, type HybridSearchOptions } from "./hybrid-store-options.js";
import type { HybridFound } from "./search-both.js";

/** Options of `HybridStore.asRetriever`. */
export interface HybridRetrieverOptions extends BaseRetrieverInput {
  /** Maximum number of documents to return. @default 4 */
  readonly k?: number;
  readonly filter?: DocumentFilter;
  /** `"dense"` searches only by meaning, `"lexical"` only by words. @default "hybrid" */
  readonly mode?: HybridMode;
  /** LangChain's name of the kind of search; "similarity" for this retriever. */
  readonly searchType?: "similarity";
}

const OPTIONS = [
  "vectorStore",
  "k",
  "filter",
  "mode",
  "searchType",
  "callbacks",
  "tags",
  "metadata",
  "verbose",
];

const CHECKS: Readonly<Record<string, OptionCheck>> = {
  k: checkCount,
  filter: checkFilter,
  searchType: (name, value) => checkOneOf(name, value, ["similarity"]),
};

/** The methods of a store that the retriever needs. */
interface SearchedStore {
  search(question: string, options: HybridSearchOptions): Promise<HybridFound[]>;
}

/**
 * LangChain's `VectorStoreRetriever` over a `HybridStore`. `k`, `filter`, `mode` and a `signal` may be given for one call.
 *
 * @example
 * const retriever = store.asRetriever({ k: 20 });
 * await retriever.invoke(question, { configurable: { k: 5, mode: "lexical", filter: { language: "de" } }, signal });
 */
export class HybridRetriever<
  Store extends VectorStoreInterface = VectorStoreInterface,
> extends VectorStoreRetriever<Store> {
  private readonly mode: HybridMode;
  /** The signal of a call; set on the copy of the retriever that runs the call. */
  private readonly signal: AbortSignal | undefined;

  /**
   * @throws {UnknownOptionError}
   * @throws {InvalidOptionError}
   */
  constructor(options: HybridRetrieverOptions & { readonly vectorStore: Store }) {
    checkKnownOptions(options, OPTIONS, "asRetriever");
    const { mode = "hybrid", ...fields } = options ?? {};
    checkHasMethod("vectorStore", fields.vectorStore, ["search"], "a HybridStore");
    checkOptionValues(fields, CHECKS);
    super({ ...fields, k: fields.k ?? 4 } as VectorStoreRetrieverInput<Store>);
    this.mode = checkOneOf("mode", mode, HYBRID_MODES);
  }

  /** LangChain's id, so that listeners that look for its events by name find those of this class. */
  override get lc_id(): string[] {
    return [...this.lc_namespace, VectorStoreRetriever.lc_name()];
  }

  override async invoke(question: string, options?: Partial<RunnableConfig>): Promise<DocumentInterface[]> {
    checkCallOptions(options, "invoke");
    const { signal, configurable } = options ?? {};
    signal?.throwIfAborted();
    const {
      k = this.k,
      filter = this.filter,
      mode = this.mode,
    } = (configurable ?? {}) as HybridSearchOptions;
    const call = copyWith(this, { k, filter, mode, signal });
    return raceWithSignal(super.invoke.call(call, question, options) as Promise<DocumentInterface[]>, signal);
  }

  override async _getRelevantDocuments(
    question: string,
    _run?: CallbackManagerForRetrieverRun,
  ): Promise<DocumentInterface[]> {
    const store = this.vectorStore as unknown as SearchedStore;
    const { k, mode, signal } = this;
    const filter = this.filter as DocumentFilter | undefined;
    const found = await store.search(question, { k, filter, mode, signal });
    return found.map(withFusion);
  }
}

/** A document with its scores. */
function withFusion({ document, ...fusion }: HybridFound): Document {
  const { pageContent, id, metadata } = document;
  return new Document({ pageContent, id, metadata: { ...metadata, fusion } });
}
