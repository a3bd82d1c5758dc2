import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { UnknownText } from "@secondpass/core";
import type { FaissStoreOptions, LoadOptions } from "@secondpass/vectorstore-faiss";
import type { Bm25Options } from "../bm25-settings.js";
import type { DocumentFilter } from "../documents/document-filter.js";

/** How a {@link HybridStore} searches, and what its halves are. */
export interface HybridStoreOptions extends Bm25Options {
  /** How much the words count beside the meaning, from 0 (meaning alone) to 1 (words alone). @default 0.5 */
  readonly lexicalWeight?: number;
  /** Documents that each half proposes. @default 100 */
  readonly candidates?: number;
  /**
   * What to do with a question in a script or a language that the embeddings' vocabulary does not know, if they can tell (`HuggingFaceEmbeddings` can): let its words alone
   * decide, or take the vector as ever. @default "lexical"
   */
  readonly unknownText?: "lexical" | "ignore";
  /** Called for each such question. @default a warning, once a process and model */
  readonly onUnknownText?: (report: UnknownText) => void;
  /** How vectors are searched. @default { kind: "flat" }, exact */
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
  /** Documents at most. @default 4 */
  readonly k?: number;
  /** Which documents may be found: conditions on metadata, or a function. @default all */
  readonly filter?: DocumentFilter;
  /** `"dense"` and `"lexical"` ask one half alone. @default "hybrid" */
  readonly mode?: HybridMode;
  /** Called in place of the store's `onUnknownText`, so that each of several callers learns of its own question. @default the store's */
  readonly onUnknownText?: (report: UnknownText) => void;
  readonly signal?: AbortSignal;
}

/** Both halves, or one alone. */
export const HYBRID_MODES = ["hybrid", "dense", "lexical"] as const;

export type HybridMode = (typeof HYBRID_MODES)[number];

/** How a saved {@link HybridStore} is loaded. */
export interface HybridLoadOptions extends Omit<HybridStoreOptions, "index"> {
  /** Loads a store that other embeddings made, and searches it with these. @default "throw" */
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
