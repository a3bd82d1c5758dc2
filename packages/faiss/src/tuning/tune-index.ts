import { checkOneOf, workSlices } from "@secondpass/core";
import { checkInteger } from "../checks/check-integer.js";
import { checkVectorsInSlices } from "../checks/check-vectors.js";
import type { SearchOptions, VectorIndex } from "../contract/vector-index.js";
import { InvalidArgumentError } from "../errors/invalid-argument-error.js";
import { TuningError } from "../errors/tuning-error.js";
import { createIndex } from "../indexes/create-index.js";
import { IndexFlat } from "../indexes/flat/index-flat.js";
import { IndexRefineFlat } from "../indexes/index-refine-flat.js";
import { listsFor } from "../indexes/ivf/lists-for.js";
import type { IndexOption } from "../indexes/kinds.js";
import { isNode } from "../kernels/is-node.js";
import { seededRandom } from "../kernels/seeded-random.js";
import { estimateIndexBytes } from "./estimate-index-bytes.js";
import { leastReaching, type SearchFigures, searchTrials, type Truth } from "./search-trials.js";
import { checkTuneOptions, TUNE_SEARCH_OPTIONS, type TuneSearchOptions } from "./tune-search-options.js";

/** Options of `tuneIndex`. */
export interface TuneOptions extends TuneSearchOptions {
  readonly dimensions: number;
  /** @default "l2" */
  readonly metric?: "l2" | "inner_product";
  /** Maximum memory of the index in bytes, by `estimateIndexBytes`. @default unlimited */
  readonly memoryBytes?: number;
  /** Kinds that are tried. @default all: "flat", "hnsw", "ivf", "ivf-rabitq" with `rerank` and vectors on disk (in browsers in memory) */
  readonly kinds?: readonly IndexOption["kind"][];
  /** Called with each trial. */
  readonly onProgress?: (trial: TuneTrial) => void;
}

/** An index with one setting of its search, measured. */
export interface TuneTrial extends SearchFigures {
  /** The kind with its chosen options, for `createIndex`. */
  readonly index: IndexOption;
  /** Estimated memory in bytes. */
  readonly bytes: number;
}

/** The fastest trial that reaches the recall, and all trials in their order. */
export interface Tuning extends TuneTrial {
  readonly trials: readonly TuneTrial[];
}

/** Candidates for each result whose exact distances are computed. */
const RERANKS = [4, 10, 30];

const KINDS: readonly IndexOption["kind"][] = ["flat", "hnsw", "ivf", "ivf-rabitq"];

/** A kind that is built once, and searched with many settings. */
interface Candidate {
  readonly option: IndexOption;
  /** The ways to search it, with the settings to try. */
  readonly ways: readonly Way[];
}

interface Way {
  readonly least: number;
  readonly most: number;
  /** The index option with this setting. */
  option(setting: number): IndexOption;
  /** Sets properties of the index that are not search options. */
  prepare?(index: VectorIndex): void;
  search(setting: number): SearchOptions;
}

/**
 * Builds each kind of index over your vectors, measures searches, and returns the fastest kind that reaches the recall within the memory, with
 * its parameters. The same vectors and seed give the same recalls; times are those of this machine. This takes as long as building the indexes. A sample
 * of the vectors is enough for a first answer, but larger indexes need more work for the same recall.
 *
 * @param vectors [n, dimensions], at least 20
 * @example
 * const { index, recall, msPerQuery } = await tuneIndex(vectors, { dimensions: 384, recall: 0.97, memoryBytes: 2e9 });
 * const tuned = createIndex(index, { dimensions: 384, metric: "l2" });
 * @throws TuningError if nothing reaches the recall within the memory, with the best recall that was reached
 * @throws InvalidVectorError, DimensionMismatchError, InvalidArgumentError, InvalidOptionError, UnknownOptionError
 */
export async function tuneIndex(vectors: Float32Array, options: TuneOptions): Promise<Tuning> {
  checkTuneOptions(options, "tuneIndex", [
    ...TUNE_SEARCH_OPTIONS,
    "dimensions",
    "metric",
    "memoryBytes",
    "kinds",
    "onProgress",
  ]);
  checkInteger("dimensions", options?.dimensions, 1);
  const { dimensions, metric = "l2", recall = 0.95, k = 10, kinds = KINDS, signal, onProgress } = options;
  const { memoryBytes = Number.POSITIVE_INFINITY } = options;
  checkOneOf("metric", metric, ["l2", "inner_product"]);
  checkKinds(kinds);
  const size = await checkVectorsInSlices(vectors, dimensions, "vectors", signal);
  if (size < MIN_VECTORS) throw new InvalidArgumentError("vectors", `at least ${MIN_VECTORS} vectors`, size);
  const { stored, truth } = await truthOf(vectors, size, options);
  const trials: TuneTrial[] = [];
  const finalists: TuneTrial[] = [];
  for (const { option, ways } of candidates(kinds, size, k)) {
    const bytes = estimateIndexBytes(option, { size, dimensions });
    if (bytes > memoryBytes) continue;
    const index = createIndex(option, { dimensions, metric, expectedVectors: size });
    try {
      await index.train(stored, { signal });
      await index.add(stored, { signal });
      for (const way of ways) {
        way.prepare?.(index);
        const measure = async (setting: number): Promise<TuneTrial> => {
          const figures = await searchTrials(index, truth, { ...way.search(setting), signal });
          return { index: way.option(setting), ...figures, bytes };
        };
        const setting = await leastReaching(way, recall, async (each) => {
          const trial = await measure(each);
          trials.push(trial);
          onProgress?.(trial);
          signal?.throwIfAborted();
          return trial.recall;
        });
        // Measure again, now that the code is compiled and the vectors are in the cache.
        if (setting !== undefined) finalists.push(await measure(setting));
      }
    } finally {
      index.dispose();
    }
  }
  const [fastest] = finalists.sort((a, b) => a.msPerQuery - b.msPerQuery);
  if (fastest !== undefined) return { ...fastest, trials };
  throw failed(recall, memoryBytes, trials);
}

/** Minimum number of vectors; fewer give no useful measurement. */
const MIN_VECTORS = 20;

function checkKinds(kinds: unknown): void {
  if (!Array.isArray(kinds) || kinds.length === 0)
    throw new InvalidArgumentError("kinds", "an array of kinds of indexes, one or more", kinds);
  for (const [i, kind] of kinds.entries()) checkOneOf(`kinds[${i}]`, kind, KINDS);
}

/** The queries, the searched vectors, and the true neighbours. */
async function truthOf(
  vectors: Float32Array,
  size: number,
  { dimensions, metric = "l2", k = 10, queries, sample = 100, seed = 1234, signal }: TuneOptions,
): Promise<{ stored: Float32Array; truth: Truth }> {
  let stored = vectors;
  let trialQueries = queries;
  if (trialQueries === undefined) {
    const rows = await drawRows(size, Math.min(sample, Math.floor(size / 10)), seed, signal);
    const split = await splitRows(vectors, dimensions, rows, signal);
    [trialQueries, stored] = [split.drawn, split.others];
  } else await checkVectorsInSlices(trialQueries, dimensions, "queries", signal);
  const exact = new IndexFlat(dimensions, metric);
  try {
    await exact.add(stored, { signal });
    const { labels } = await exact.search(trialQueries, k, { signal });
    return { stored, truth: { queries: trialQueries, labels, k, hasQueries: false } };
  } finally {
    exact.dispose();
  }
}

/** Draws `count` of the rows 0…size-1; all rows if there are fewer. */
export async function drawRows(
  size: number,
  count: number,
  seed: number,
  signal: AbortSignal | undefined,
): Promise<Set<number>> {
  const random = seededRandom(seed);
  const slices = workSlices(signal);
  const rows = new Set<number>();
  while (rows.size < Math.min(count, size)) {
    rows.add(Math.floor(random() * size));
    if (slices.due()) await slices.pause();
  }
  return rows;
}

async function splitRows(
  vectors: Float32Array,
  dimensions: number,
  rows: ReadonlySet<number>,
  signal: AbortSignal | undefined,
): Promise<{ drawn: Float32Array; others: Float32Array }> {
  const drawn = new Float32Array(rows.size * dimensions);
  const others = new Float32Array(vectors.length - drawn.length);
  const slices = workSlices(signal);
  const size = vectors.length / dimensions;
  let taken = 0;
  for (let row = 0; row < size; row++) {
    const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    if (rows.has(row)) drawn.set(vector, taken++ * dimensions);
    else others.set(vector, (row - taken) * dimensions);
    if (slices.due()) await slices.pause();
  }
  return { drawn, others };
}

function* candidates(kinds: readonly IndexOption["kind"][], size: number, k: number): Generator<Candidate> {
  const lists = listsFor(size, {});
  const probes = { least: 1, most: lists.nlist };
  const nprobe = (setting: number) => ({ nprobe: setting });
  for (const kind of new Set(kinds)) {
    if (kind === "flat") {
      const option = { kind } as const;
      yield { option, ways: [{ least: 1, most: 1, option: () => option, search: () => ({}) }] };
    } else if (kind === "hnsw") {
      const option = (efSearch: number) => ({ kind, efSearch });
      const search = (efSearch: number) => ({ efSearch });
      yield { option: { kind }, ways: [{ least: k, most: Math.max(k, size), option, search }] };
    } else if (kind === "ivf") {
      const option = (setting: number) => ({ kind, nlist: lists.nlist, nprobe: setting });
      yield { option: { kind, nlist: lists.nlist }, ways: [{ ...probes, option, search: nprobe }] };
    } else {
      const rows = isNode() ? {} : ({ rows: "memory" } as const);
      yield {
        option: { kind, nlist: lists.nlist, rerank: 1, ...rows },
        ways: RERANKS.map((rerank) => ({
          ...probes,
          option: (setting: number) => ({ kind, nlist: lists.nlist, nprobe: setting, rerank, ...rows }),
          prepare(index: VectorIndex) {
            if (index instanceof IndexRefineFlat) index.kFactor = rerank;
          },
          search: nprobe,
        })),
      };
    }
  }
}

function failed(recall: number, memoryBytes: number, trials: readonly TuneTrial[]): TuningError {
  const limit = memoryBytes === Number.POSITIVE_INFINITY ? "" : ` within ${memoryBytes} bytes`;
  const [best] = trials.toSorted((a, b) => b.recall - a.recall);
  if (best === undefined)
    return new TuningError(recall, undefined, `Expected an index${limit}, but none of the kinds fits.`);
  return new TuningError(
    recall,
    best.recall,
    `Expected a recall of ${recall}${limit}, but the best was ${best.recall.toFixed(4)}, of ${JSON.stringify(best.index)}.`,
  );
}
