import type { FaissFilter } from "./faiss-filter.js";

/** Options of a search. */
export interface SimilaritySearchOptions {
  /** Keeps only results at least this good on the scale of the scores returned (for "l2": at most this distance). */
  readonly scoreThreshold?: number;
  /** Candidates of graph indexes, at least k; higher is better and slower. */
  readonly efSearch?: number;
  /** Lists that IVF indexes visit; higher is better and slower. */
  readonly nprobe?: number;
  readonly signal?: AbortSignal;
}

/** Names of {@link SimilaritySearchOptions}. */
export const SIMILARITY_SEARCH_OPTIONS = [
  "scoreThreshold",
  "efSearch",
  "nprobe",
  "signal",
] as const satisfies readonly (keyof SimilaritySearchOptions)[];

/** A search whose filter is one of its options. */
export interface FilteredSearchOptions extends SimilaritySearchOptions {
  readonly filter?: FaissFilter | undefined;
}
