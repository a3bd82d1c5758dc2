import type { DocumentInterface } from "@langchain/core/documents";
import type { IndexOption } from "@secondpass/faiss";
import type { DistanceStrategy } from "./contents/distance-strategy.js";
import { LONG_OPERATION_OPTIONS, type LongOperationOptions } from "./contents/store-progress.js";
import type { MismatchOption } from "./mismatch-option.js";
import type { RelevanceScore } from "./search/relevance-score.js";

/** Options of a store. */
export interface FaissStoreOptions {
  /** How vectors are compared, which decides what scores mean. @default "l2", squared as faiss reports it */
  readonly distanceStrategy?: DistanceStrategy;
  /** Scales vectors and queries to length 1 under "l2", as Python's `normalize_L2`. @default false */
  readonly normalizeL2?: boolean;
  /** How vectors are searched. @default { kind: "flat" }, exact */
  readonly index?: IndexOption;
  /** Turns a raw score into a relevance from 0 to 1. @default LangChain Python's formula for the strategy */
  readonly relevanceScore?: RelevanceScore;
  /** Whether adding replaces stored documents of the same ids, unless a call says otherwise. @default false */
  readonly upsert?: boolean;
  /** Whether deleting leaves out ids that are not stored, unless a call says otherwise. @default false */
  readonly ignoreMissing?: boolean;
}

/** Names of the constructor's options. */
export const STORE_OPTIONS = [
  "distanceStrategy",
  "normalizeL2",
  "index",
  "relevanceScore",
  "upsert",
  "ignoreMissing",
  "embeddingMismatch",
] as const satisfies readonly (keyof (FaissStoreOptions & MismatchOption))[];

/** How a store is copied into another. */
export interface MergeOptions extends LongOperationOptions, MismatchOption {}

/** Names of {@link MergeOptions}. */
export const MERGE_OPTIONS = [
  ...LONG_OPERATION_OPTIONS,
  "embeddingMismatch",
] as const satisfies readonly (keyof MergeOptions)[];

/** How a store is made from an index or from another store. */
export interface FromIndexOptions extends FaissStoreOptions, MergeOptions {
  /** One for each vector of the index. */
  readonly documents?: readonly DocumentInterface[];
  /** One for each document. @default each document's own `id`, or a new UUID */
  readonly ids?: readonly string[];
}

/** Names of {@link FromIndexOptions}. */
export const FROM_INDEX_OPTIONS = [
  ...STORE_OPTIONS,
  ...LONG_OPERATION_OPTIONS,
  "documents",
  "ids",
] as const satisfies readonly (keyof FromIndexOptions)[];
