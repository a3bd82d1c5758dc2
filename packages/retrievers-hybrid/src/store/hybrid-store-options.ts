import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { UnknownText } from "@secondpass/core";
import type { FaissStoreOptions, LoadOptions } from "@secondpass/vectorstore-faiss";
import type { Bm25Options } from "../bm25-settings.js";
import type { DocumentFilter } from "../documents/document-filter.js";

/** Options of a {@link HybridStore}. */
export interface HybridStoreOptions extends Bm25Options {
  /** Weight of the words relative to the meaning, from 0 (only meaning) to 1 (only words). @default 0.5 */
  readonly lexicalWeight?: number;
  /** Number of documents that each half proposes. @default 100 */
  readonly candidates?: number;
  /**
   * What to do with a question in a script or a language that the embeddings' vocabulary does not know: search only by its words, or use its vector as usual. Works
   * with embeddings that can tell, such as `HuggingFaceEmbeddings`. @default "lexical"
   */
  readonly unknownText?: "lexical" | "ignore";
  /** Called for each such question. @default a warning, once per process and model */
  readonly onUnknownText?: (report: UnknownText) => void;
  /** Index of the vectors. @default { kind: "flat" }, exact */
  readonly index?: FaissStoreOptions["index"];
}

export const HYBRID_OPTIONS = [
  "analyzer",
  "k1",
  "b",
  "lexicalWeight",
  "candidates",
  "index",
  "unknownText",
  "onUnknownText",
] as const;

/** Options of one search of a {@link HybridStore}. */
export interface HybridSearchOptions {
  /** Maximum number of documents to return. @default 4 */
  readonly k?: number;
  /** Conditions on metadata, or a function, that found documents must fulfil. @default all documents */
  readonly filter?: DocumentFilter;
  /** `"dense"` searches only by meaning, `"lexical"` only by words. @default "hybrid" */
  readonly mode?: HybridMode;
  /** Called instead of the store's `onUnknownText`, so that each caller receives the report of its question. @default the store's */
  readonly onUnknownText?: (report: UnknownText) => void;
  readonly signal?: AbortSignal;
}

/** Modes of a search: both halves, or only one. */
export const HYBRID_MODES = ["hybrid", "dense", "lexical"] as const;

export type HybridMode = (typeof HYBRID_MODES)[number];

/** Options of loading a {@link HybridStore}. */
export interface HybridLoadOptions extends Omit<HybridStoreOptions, "index"> {
  /** What to do if other embeddings made the store: throw, or search it with these. @default "throw" */
  readonly embeddingMismatch?: LoadOptions["embeddingMismatch"];
  readonly signal?: AbortSignal;
}

/** Names of {@link HybridLoadOptions}; `index` comes from the files. */
export const LOAD_OPTIONS = [
  ...HYBRID_OPTIONS.filter((name) => name !== "index"),
  "embeddingMismatch",
  "signal",
];

export type Embeddings = EmbeddingsInterface;
