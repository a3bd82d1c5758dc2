import { pickOptions } from "@secondpass/core";
import {
  InvalidArgumentError,
  type SearchTuning,
  type TuneOptions,
  type TuneSearchOptions,
  type Tuning,
  tuneIndex,
  tuneSearch,
} from "@secondpass/faiss";
import { type DistanceStrategy, metricOf } from "../contents/distance-strategy.js";
import type { StoreContents } from "../contents/store-contents.js";
import { type Vector, VectorPieces } from "../contents/vector-pieces.js";

/** Options for tuning the search of a store. */
export interface StoreTuneOptions extends Omit<TuneSearchOptions, "queries"> {
  /** Vectors of real queries; the best to measure with. @default some of the stored vectors */
  readonly queries?: readonly Vector[];
}

/** Options for choosing an index for vectors. */
export interface VectorTuneOptions
  extends StoreTuneOptions,
    Pick<TuneOptions, "memoryBytes" | "kinds" | "onProgress"> {
  /** @default "l2" */
  readonly distanceStrategy?: DistanceStrategy;
  /** @default false */
  readonly normalizeL2?: boolean;
}

const SEARCHED = ["recall", "k", "sample", "seed", "signal"] as const;

/** Names of {@link StoreTuneOptions}. */
export const STORE_TUNE_OPTIONS = [
  ...SEARCHED,
  "queries",
] as const satisfies readonly (keyof StoreTuneOptions)[];

/** Names of {@link VectorTuneOptions}. */
export const VECTOR_TUNE_OPTIONS = [
  ...STORE_TUNE_OPTIONS,
  "memoryBytes",
  "kinds",
  "onProgress",
  "distanceStrategy",
  "normalizeL2",
] as const satisfies readonly (keyof VectorTuneOptions)[];

/** Chooses an index for vectors. @throws as `tuneIndex` */
export async function tuneVectors(vectors: readonly Vector[], options: VectorTuneOptions): Promise<Tuning> {
  const { distanceStrategy = "l2", normalizeL2 = false, queries, signal } = options;
  const metric = metricOf(distanceStrategy);
  if (metric !== "l2" && metric !== "inner_product") {
    throw new InvalidArgumentError(
      "distanceStrategy",
      '"l2", "ip" or "cosine", among which indexes can be chosen',
      distanceStrategy,
    );
  }
  const normalizes = distanceStrategy === "cosine" || normalizeL2;
  const packed = await packedVectors(vectors, undefined, normalizes, signal);
  if (packed === undefined) throw new InvalidArgumentError("vectors", "at least 20 vectors", 0);
  const { dimensions, rows } = packed;
  const trials = queries && (await packedVectors(queries, dimensions, normalizes, signal));
  return tuneIndex(rows, {
    ...pickOptions(options, [...SEARCHED, "memoryBytes", "kinds", "onProgress"]),
    ...(trials && { queries: trials.rows }),
    dimensions,
    metric,
  });
}

/** Adjusts the index of a store. Call it under the read lock. @throws as `tuneSearch` */
export async function tuneContents(
  { index, normalizes }: StoreContents,
  { queries, ...options }: StoreTuneOptions,
): Promise<SearchTuning> {
  if (index === undefined) throw new InvalidArgumentError("store", "a store with documents", "an empty one");
  const trials = queries && (await packedVectors(queries, index.dimensions, normalizes, options.signal));
  return tuneSearch(index, { ...options, ...(trials && { queries: trials.rows }) });
}

/** Vectors as rows, scaled if the store does so; undefined if there are none. */
async function packedVectors(
  vectors: readonly Vector[],
  dimensions: number | undefined,
  normalizes: boolean,
  signal: AbortSignal | undefined,
): Promise<{ rows: Float32Array; dimensions: number } | undefined> {
  if (!Array.isArray(vectors)) throw new InvalidArgumentError("vectors", "an array of vectors", vectors);
  if (vectors.length === 0) return undefined;
  const pieces = await VectorPieces.of(vectors, vectors.length, dimensions, signal);
  await pieces.check(signal);
  const scaled = normalizes ? await pieces.normalized(signal) : pieces;
  return { rows: await scaled.joined(signal), dimensions: pieces.dimensions };
}
