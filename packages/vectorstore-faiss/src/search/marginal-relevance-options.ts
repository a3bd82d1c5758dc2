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

/** How maximal marginal relevance picks. */
export interface MarginalRelevanceOptions extends Omit<FilteredSearchOptions, "scoreThreshold"> {
  /** Documents to pick. @default 4 */
  readonly k?: number;
  /** Nearest documents to pick from; at least k are taken. @default 20 */
  readonly fetchK?: number;
  /** 1 for relevance only, 0 for diversity only. @default 0.5 */
  readonly lambda?: number;
}
