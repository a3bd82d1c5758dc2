import type { BaseRetrieverInput } from "@langchain/core/retrievers";
import {
  checkCount,
  checkFilter,
  checkKnownOptions,
  checkNumber,
  checkOneOf,
  checkOptionValues,
  checkPositiveInteger,
  InvalidOptionError,
  type OptionCheck,
} from "@secondpass/core";
import type { FaissFilter } from "./faiss-filter.js";

const SEARCH_TYPES = ["similarity", "similarity_score_threshold", "mmr"] as const;

/**
 * How a retriever searches, with LangChain Python's names:
 * - `similarity`: the k nearest documents
 * - `similarity_score_threshold`: those of the k nearest whose relevance is at least `scoreThreshold`
 * - `mmr`: k documents that are near the query and unlike one another
 */
export type RetrieverSearchType = (typeof SEARCH_TYPES)[number];

/** Options of a retriever's search. They can also be given for one call: `retriever.invoke(query, { configurable: { k: 2 } })`. */
export interface RetrieverSearch {
  /** Documents at most. @default 4 */
  readonly k?: number | undefined;
  readonly filter?: FaissFilter | undefined;
  /**
   * For `similarity_score_threshold`, which requires it, a relevance from 0 to 1; for `similarity` a raw score, as in LangChain Python
   * (for "l2" the largest squared distance). Not for `mmr`.
   */
  readonly scoreThreshold?: number | undefined;
  /** For `mmr`: documents to pick from. @default 20 */
  readonly fetchK?: number;
  /** For `mmr`: 1 for relevance only, 0 for diversity only. @default 0.5 */
  readonly lambda?: number;
  /** Candidates of graph indexes. */
  readonly efSearch?: number;
  /** Lists that IVF indexes visit. */
  readonly nprobe?: number;
}

/** Options of `asRetriever`. */
export interface RetrieverOptions extends BaseRetrieverInput, RetrieverSearch {
  /** @default "similarity" */
  readonly searchType?: RetrieverSearchType | undefined;
  /** As in LangChain Python, the search's options may be here; they override those next to it. */
  readonly searchKwargs?: RetrieverSearch | undefined;
}

const SEARCH_NAMES = ["k", "filter", "scoreThreshold", "fetchK", "lambda", "efSearch", "nprobe"] as const;

/** Names of all options; `vectorStore` is for retrievers made without `asRetriever`. */
const NAMES = ["vectorStore", "searchType", "searchKwargs", "callbacks", "tags", "metadata", "verbose"];

const CHECKS: Readonly<Record<string, OptionCheck>> = {
  k: (name, value) => value === 0 || checkCount(name, value),
  fetchK: (name, value) => value === 0 || checkCount(name, value),
  scoreThreshold: (name, value) => {
    if (typeof value !== "number" || Number.isNaN(value))
      throw new InvalidOptionError(name, "a number", value);
  },
  lambda: (name, value) => {
    if (checkNumber(name, value) < 0 || (value as number) > 1)
      throw new InvalidOptionError(name, "a number from 0 to 1", value);
  },
  filter: checkFilter,
  efSearch: checkPositiveInteger,
  nprobe: checkPositiveInteger,
};

/** A retriever's search, checked. */
export interface CheckedSearch extends RetrieverSearch {
  readonly searchType: RetrieverSearchType;
}

/**
 * Checks the options of a retriever.
 * @throws UnknownOptionError, InvalidOptionError for an unknown search type and for a threshold that is missing, out of range or not used
 */
export function checkRetrieverOptions(options: RetrieverOptions): CheckedSearch {
  checkKnownOptions(options, [...SEARCH_NAMES, ...NAMES], "asRetriever");
  checkKnownOptions(options?.searchKwargs, SEARCH_NAMES, "searchKwargs");
  checkOptionValues(options, CHECKS);
  const { searchType = "similarity", searchKwargs } = options ?? {};
  return checkSearch({ searchType, ...searchOf(options ?? {}), ...searchOf(searchKwargs ?? {}) });
}

/** @throws InvalidOptionError */
export function checkSearch(search: CheckedSearch): CheckedSearch {
  const { scoreThreshold: threshold } = search;
  checkOptionValues(search, CHECKS);
  const searchType = checkOneOf("searchType", search.searchType, SEARCH_TYPES);
  if (searchType === "similarity_score_threshold") checkRelevance(threshold);
  else if (threshold !== undefined) {
    if (searchType === "mmr") {
      throw new InvalidOptionError(
        "scoreThreshold",
        "undefined for `mmr`, which does not pick by scores alone",
        threshold,
      );
    }
  }
  return search;
}

/** @throws InvalidOptionError */
export function checkRelevance(threshold: unknown): void {
  if (typeof threshold === "number" && threshold >= 0 && threshold <= 1) return;
  throw new InvalidOptionError("scoreThreshold", "a relevance from 0 to 1", threshold);
}

/** The options of a search among others, without those that are undefined. */
export function searchOf(options: object): RetrieverSearch {
  const given = options as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    SEARCH_NAMES.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
  );
}
