import type { SearchOptions, VectorIndex } from "../contract/vector-index.js";

/** Average recall and time of searches with one setting of the index. */
export interface SearchFigures {
  /** Share of the true nearest vectors that were found. */
  readonly recall: number;
  /** Median time of a single query, in milliseconds. */
  readonly msPerQuery: number;
}

/** Queries and their true neighbours. */
export interface Truth {
  /** [count, dimensions] */
  readonly queries: Float32Array;
  /** [count, k]; -1 if there are fewer. */
  readonly labels: BigInt64Array;
  readonly k: number;
  /** Whether the first neighbour of each query is the query itself, which is not counted. */
  readonly hasQueries: boolean;
}

/** Searches with each query separately. */
export async function searchTrials(
  index: VectorIndex,
  { queries, labels, k, hasQueries }: Truth,
  options: SearchOptions,
): Promise<SearchFigures> {
  const { dimensions } = index;
  const times: number[] = [];
  let [found, wanted] = [0, 0];
  for (let start = 0; start < queries.length; start += dimensions) {
    const begun = performance.now();
    const result = await index.search(queries.subarray(start, start + dimensions), k, options);
    times.push(performance.now() - begun);
    const first = (start / dimensions) * k;
    const right = new Set(labels.subarray(first + (hasQueries ? 1 : 0), first + k));
    right.delete(-1n);
    wanted += right.size;
    for (const label of result.labels) if (right.has(label)) found++;
  }
  times.sort((a, b) => a - b);
  return { recall: wanted === 0 ? 1 : found / wanted, msPerQuery: times[times.length >> 1] ?? 0 };
}

/**
 * Finds the smallest setting of a search that reaches a recall: doubles it until one does, then searches by halves. Assumes that a larger setting
 * does not find less.
 * @param measure returns the recall of a setting
 * @returns undefined if no setting reaches the recall
 */
export async function leastReaching(
  { least, most }: { readonly least: number; readonly most: number },
  recall: number,
  measure: (setting: number) => Promise<number>,
): Promise<number | undefined> {
  let [below, setting] = [least - 1, least];
  let last = -1;
  for (;;) {
    const reached = await measure(setting);
    if (reached >= recall) break;
    // Twice the setting finds no more: this setting cannot improve the recall further.
    if (setting === most || (reached - last < NO_GAIN && setting >= MIN_DOUBLED * least)) return undefined;
    last = reached;
    below = setting;
    setting = Math.min(most, setting * 2);
  }
  // Stop at an eighth of the setting: finer differences are chance.
  while (setting - below > Math.max(1, setting / 8)) {
    const middle = Math.floor((below + setting) / 2);
    if ((await measure(middle)) >= recall) setting = middle;
    else below = middle;
  }
  return setting;
}

/** Minimum gain of recall by another doubling. */
const NO_GAIN = 0.0005;

/** Multiples of the least setting that are tried even without a gain. */
const MIN_DOUBLED = 8;
