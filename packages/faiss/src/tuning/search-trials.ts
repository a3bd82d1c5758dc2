import type { SearchOptions, VectorIndex } from "../contract/vector-index.js";

/** What a search found on average, with one setting of the index. */
export interface SearchFigures {
  /** Share of the true nearest that were found. */
  readonly recall: number;
  /** Median of one query alone. */
  readonly msPerQuery: number;
}

/** Queries, and what they should find. */
export interface Truth {
  /** [count, dimensions] */
  readonly queries: Float32Array;
  /** [count, k]; -1 where there are fewer. */
  readonly labels: BigInt64Array;
  readonly k: number;
  /** Whether the first of each list is the query itself, and is not counted. */
  readonly hasQueries: boolean;
}

/** Searches with each query alone. */
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
 * The least setting of a search that reaches a recall: doubled until one does, then halved into the gap. More is taken to find more.
 * @param measure the recall of a setting
 * @returns undefined if none does
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
    // Twice the work finds nothing more: what is missing is not a matter of this setting.
    if (setting === most || (reached - last < NO_GAIN && setting >= LEAST_DOUBLED * least)) return undefined;
    last = reached;
    below = setting;
    setting = Math.min(most, setting * 2);
  }
  // To an eighth of the setting: finer, and chance decides.
  while (setting - below > Math.max(1, setting / 8)) {
    const middle = Math.floor((below + setting) / 2);
    if ((await measure(middle)) >= recall) setting = middle;
    else below = middle;
  }
  return setting;
}

/** Recall that another doubling must bring. */
const NO_GAIN = 0.0005;

/** Times the least setting that are tried whatever they bring. */
const LEAST_DOUBLED = 8;
