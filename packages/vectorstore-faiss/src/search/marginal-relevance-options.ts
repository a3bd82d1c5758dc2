import type { FilteredSearchOptions } from "./similarity-search-options.js";

/** Names of {@link MarginalRelevanceOptions}. */
export const MARGINAL_RELEVANCE_OPTIONS = [
  "k",
  "fetchK",
  "lambda",
  "filter",
  "efSearch",
  "nprobe",
  "signal",
] as const satisfies readonly (keyof MarginalRelevanceOptions)[];

/** Options of a search by maximal marginal relevance. */
export interface MarginalRelevanceOptions extends Omit<FilteredSearchOptions, "scoreThreshold"> {
  /** Documents to pick. @default 4 */
  readonly k?: number;
  /** Number of nearest documents to pick from, at least k. @default 20 */
  readonly fetchK?: number;
  /** 1 for relevance only, 0 for diversity only. @default 0.5 */
  readonly lambda?: number;
}
