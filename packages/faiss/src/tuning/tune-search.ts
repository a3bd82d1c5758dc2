import { checkHasMethod } from "@secondpass/core";
import { checkVectorsInSlices } from "../checks/check-vectors.js";
import type { SearchOptions, VectorIndex } from "../contract/vector-index.js";
import { InvalidArgumentError } from "../errors/invalid-argument-error.js";
import { TuningError } from "../errors/tuning-error.js";
import { UnsupportedOperationError } from "../errors/unsupported-operation-error.js";
import { IndexFlat } from "../indexes/flat/index-flat.js";
import { IndexHNSWFlat } from "../indexes/hnsw-flat/index-hnsw-flat.js";
import { IndexRefineFlat } from "../indexes/index-refine-flat.js";
import { IndexIVF } from "../indexes/ivf/index-ivf.js";
import { IndexIVFFlat } from "../indexes/ivf/index-ivf-flat.js";
import { IndexPreTransform } from "../indexes/pre-transform/index-pre-transform.js";
import { packResults } from "../kernels/pack-results.js";
import { leastReaching, type SearchFigures, searchTrials } from "./search-trials.js";
import { drawRows } from "./tune-index.js";
import { checkTuneOptions, type TuneSearchOptions } from "./tune-search-options.js";

/** The setting of a search that reaches a recall. */
export interface SearchTuning extends SearchFigures {
  /** For graphs: the new default of the index. */
  readonly efSearch?: number;
  /** For IVF indexes: the new default of the index. */
  readonly nprobe?: number;
}

/** The setting of an index that can be tuned, and an exact search as reference. */
interface Adjustable {
  readonly name: "efSearch" | "nprobe";
  readonly least: number;
  readonly most: number;
  /** The object with the property `name`. */
  readonly owner: { efSearch: number } | { nprobe: number };
  exact(queries: Float32Array, k: number, signal: AbortSignal | undefined): Promise<BigInt64Array>;
}

/**
 * Finds the smallest `efSearch` or `nprobe` with which searches of an index reach a recall, and sets it as the index's default. Without `queries`, stored vectors
 * are the queries, and do not count as their own neighbours. Exact indexes do not change. The same index and seed give the same setting.
 *
 * @example
 * const index = await readIndexFile("graph.faiss");
 * const { efSearch, msPerQuery } = await tuneSearch(index, { recall: 0.97 });
 * @throws TuningError if no setting reaches the recall; the index does not change
 * @throws UnsupportedOperationError for indexes without the vectors themselves, whose true neighbours are unknown
 */
export async function tuneSearch(index: VectorIndex, options: TuneSearchOptions = {}): Promise<SearchTuning> {
  checkHasMethod("index", index, ["search"], "an index");
  checkTuneOptions(options, "tuneSearch");
  const { recall = 0.95, k = 10, signal } = options;
  if (index.ntotal === 0) throw new InvalidArgumentError("index", "an index with vectors", "none");
  const adjustable = adjustableOf(index, k);
  const queries = options.queries ?? (await storedVectors(index, options));
  if (options.queries !== undefined) await checkVectorsInSlices(queries, index.dimensions, "queries", signal);
  // Search for one more, since a stored vector finds itself first.
  const hasQueries = options.queries === undefined;
  const wanted = hasQueries ? k + 1 : k;
  if (adjustable === undefined) {
    const { labels } = await index.search(queries, wanted, { signal });
    return searchTrials(index, { queries, labels, k: wanted, hasQueries }, { signal });
  }
  const { name, least, most, owner } = adjustable;
  const labels = await adjustable.exact(queries, wanted, signal);
  let best: SearchFigures = { recall: 0, msPerQuery: 0 };
  const measured = new Map<number, SearchFigures>();
  const setting = await leastReaching({ least, most }, recall, async (each) => {
    const search: SearchOptions = { [name]: each, signal };
    const figures = await searchTrials(index, { queries, labels, k: wanted, hasQueries }, search);
    measured.set(each, figures);
    if (figures.recall > best.recall) best = figures;
    return figures.recall;
  });
  if (setting === undefined) {
    throw new TuningError(
      recall,
      best.recall,
      `Expected a recall of ${recall}, but this ${index.kind} reached ${best.recall.toFixed(4)}, with any ${name}.`,
    );
  }
  Object.assign(owner, { [name]: setting });
  return { ...measured.get(setting)!, [name]: setting };
}

/** @throws UnsupportedOperationError @returns undefined if the index is exact */
function adjustableOf(index: VectorIndex, k: number): Adjustable | undefined {
  if (index instanceof IndexFlat) return undefined;
  if (index instanceof IndexHNSWFlat) {
    return {
      name: "efSearch",
      // Smaller values are raised to k.
      least: Math.min(k, index.ntotal),
      most: index.ntotal,
      owner: index,
      async exact(queries, k, signal) {
        const { metric, metricArg, dimensions } = index;
        const found = await index.graph.rows.scan({ metric, metricArg, queries, k, signal });
        return (await packResults(metric, found, queries.length / dimensions, k, signal)).labels;
      },
    };
  }
  if (index instanceof IndexIVFFlat) {
    const exact: Adjustable["exact"] = async (queries, k, signal) =>
      (await index.search(queries, k, { nprobe: index.nlist, signal })).labels;
    return { name: "nprobe", least: 1, most: index.nlist, owner: index, exact };
  }
  if (index instanceof IndexRefineFlat && index.refine instanceof IndexFlat) {
    const { base, refine } = index;
    const lists = base instanceof IndexPreTransform ? base.index : base;
    if (lists instanceof IndexIVF) {
      const exact: Adjustable["exact"] = async (queries, k, signal) =>
        (await refine.search(queries, k, { signal })).labels;
      return { name: "nprobe", least: 1, most: lists.nlist, owner: lists, exact };
    }
  }
  throw new UnsupportedOperationError(
    index.kind,
    "tuning",
    "Flat indexes, graphs over vectors, IVF indexes of vectors, and IVF indexes refined by vectors can be tuned.",
  );
}

/** A random sample of the vectors of an index. */
async function storedVectors(
  index: VectorIndex,
  { sample = 100, seed = 1234, signal }: TuneSearchOptions,
): Promise<Float32Array> {
  const { dimensions, ntotal } = index;
  const rows = await drawRows(ntotal, sample, seed, signal);
  const vectors = new Float32Array(rows.size * dimensions);
  for (const [i, row] of [...rows].entries()) vectors.set(index.reconstructN(row, 1), i * dimensions);
  return vectors;
}
