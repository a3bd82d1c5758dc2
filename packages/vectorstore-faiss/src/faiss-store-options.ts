import type { DistanceStrategy } from "./distance-strategy.js";
import type { FaissFilter } from "./filter/metadata-filter.js";
import type { RelevanceScore } from "./relevance.js";
import type { OpenStoreOptions } from "./save/read-store.js";
import type { EmbedOptions } from "./store/embed-texts.js";
import type { IndexOption } from "./store/index-option.js";
import type { LongOperationOptions } from "./store/store-progress.js";

/** What a store is. */
export interface FaissStoreOptions {
  /** What scores mean. @default "l2", squared as faiss reports it */
  readonly distanceStrategy?: DistanceStrategy;
  /** Scales vectors and queries to length 1 under "l2", as Python's `normalize_L2`. @default false */
  readonly normalizeL2?: boolean;
  /** How vectors are searched. @default { kind: "flat" }, exact */
  readonly index?: IndexOption;
  /** Turns a raw score into a relevance from 0 to 1. @default LangChain Python's formula for the strategy */
  readonly relevanceScore?: RelevanceScore;
}

/** How documents are added. */
export interface AddOptions extends EmbedOptions {
  /** One for each document. @default each document's own `id`, or a new UUID */
  readonly ids?: readonly string[];
  /** Replaces stored documents of the same ids instead of refusing them. @default false */
  readonly upsert?: boolean;
}

/** How a search differs from others. */
export interface SimilaritySearchOptions {
  /** Keeps only results at least this good on the scale of the scores returned (for "l2": at most this distance). */
  readonly scoreThreshold?: number;
  /** Candidates of graph indexes, at least k; higher is better and slower. */
  readonly efSearch?: number;
  /** Lists that IVF indexes visit; higher is better and slower. */
  readonly nprobe?: number;
  readonly signal?: AbortSignal;
}

/** A search whose filter comes among its options. */
export interface FilteredSearchOptions extends SimilaritySearchOptions {
  readonly filter?: FaissFilter | undefined;
}

/** How maximal marginal relevance picks. */
export interface MarginalRelevanceOptions extends Omit<FilteredSearchOptions, "scoreThreshold"> {
  /** Documents to pick. @default 4 */
  readonly k?: number;
  /** Nearest documents to pick from; at least k are taken. @default 20 */
  readonly fetchK?: number;
  /** 1 for relevance only, 0 for diversity only. @default 0.5 */
  readonly lambda?: number;
}

/** How a saved store is loaded. Strategy and normalisation come from the files when this package wrote them. */
export interface LoadOptions extends FaissStoreOptions, OpenStoreOptions {}

/** Python's files may have another name than `index`. */
export interface PythonFileOptions {
  /** Name of both files, without `.faiss` and `.pkl`. @default "index" */
  readonly indexName?: string;
}

/** What to delete: exactly one of these. A signal stops it before anything is deleted. */
export type DeleteParams = LongOperationOptions &
  ({ readonly ids: readonly string[] } | { readonly filter: FaissFilter } | { readonly deleteAll: true });
