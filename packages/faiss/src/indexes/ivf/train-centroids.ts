import { type WorkSlices, workSlices } from "@secondpass/core";
import type { Metric } from "../../contract/metric.js";
import type { WorkOptions } from "../../contract/vector-index.js";
import { normalizeVectors } from "../../kernels/normalize-vectors.js";
import { seededRandom } from "../../kernels/seeded-random.js";
import { IndexFlat } from "../flat/index-flat.js";

/**
 * Maximum number of training vectors for each centroid. faiss takes 256; with as many iterations, 64 give centroids that are as near to the vectors
 * (docs/decisions/0063).
 */
const MAX_VECTORS_PER_CENTROID = 64;

/** Vectors assigned in one step. */
const VECTORS_PER_STEP = 256;

/** Relative distance between the halves of a split cluster, as in faiss. */
const SPLIT = 1 / 1024;

export interface KMeansOptions extends WorkOptions {
  /** Rounds of assigning and averaging. @default 10 */
  readonly iterations?: number;
  /** Seed for the first centroids and the sample. @default 1234 */
  readonly seed?: number;
}

/**
 * k-means (Lloyd): `count` centroids of the vectors, shape [count, dimensions]. With the inner product, centroids are
 * normalised after each round (spherical k-means), as faiss does for IVF. The same input and seed give the same
 * centroids.
 */
export async function trainCentroids(
  vectors: Float32Array,
  dimensions: number,
  count: number,
  metric: Metric,
  { iterations = 10, seed = 1234, signal, onProgress }: KMeansOptions = {},
): Promise<Float32Array> {
  const random = seededRandom(seed);
  const slices = workSlices(signal);
  const total = vectors.length / dimensions;
  const order = await sampleOrder(total, random, slices);
  const chosen = order.subarray(0, Math.min(total, count * MAX_VECTORS_PER_CENTROID));
  const sample = await gather(vectors, dimensions, chosen, slices);
  const finish = (centroids: Float32Array) =>
    metric === "inner_product" ? normalizeVectors(centroids, dimensions) : centroids;
  let centroids = finish(sample.slice(0, count * dimensions));
  const size = sample.length / dimensions;
  for (let round = 0; round < iterations; round++) {
    const index = new IndexFlat(dimensions, metric);
    await index.add(centroids);
    const sums = new Float64Array(count * dimensions);
    const sizes = new Uint32Array(count);
    for (let start = 0; start < size; start += VECTORS_PER_STEP) {
      const part = sample.subarray(start * dimensions, (start + VECTORS_PER_STEP) * dimensions);
      const { labels } = await index.search(part, 1, { signal });
      labels.forEach((label, i) => {
        const list = Number(label);
        sizes[list]!++;
        for (let j = 0; j < dimensions; j++) sums[list * dimensions + j]! += part[i * dimensions + j]!;
      });
      if (slices.due()) await slices.pause();
    }
    index.dispose();
    centroids = finish(await average(sums, sizes, dimensions, random, slices));
    onProgress?.(round + 1, iterations);
  }
  return centroids;
}

/** Means of the clusters; an empty one takes half of a large one, chosen in proportion to size. */
async function average(
  sums: Float64Array,
  sizes: Uint32Array,
  dimensions: number,
  random: () => number,
  slices: WorkSlices,
): Promise<Float32Array> {
  const centroids = new Float32Array(sums.length);
  for (let list = 0; list < sizes.length; list++) {
    const size = Math.max(1, sizes[list]!);
    for (let i = list * dimensions; i < (list + 1) * dimensions; i++) centroids[i] = sums[i]! / size;
    if (slices.due()) await slices.pause();
  }
  for (let list = 0; list < sizes.length; list++) {
    if (slices.due()) await slices.pause();
    if (sizes[list] !== 0) continue;
    const donor = chooseLarge(sizes, random);
    for (let j = 0; j < dimensions; j++) {
      const value = centroids[donor * dimensions + j]!;
      const shift = j % 2 === 0 ? 1 + SPLIT : 1 - SPLIT;
      centroids[list * dimensions + j] = value * shift;
      centroids[donor * dimensions + j] = value * (2 - shift);
    }
    sizes[list] = sizes[donor]! >> 1;
    sizes[donor]! -= sizes[list]!;
  }
  return centroids;
}

function chooseLarge(sizes: Uint32Array, random: () => number): number {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let left = random() * total;
  for (let list = 0; list < sizes.length; list++) {
    left -= sizes[list]!;
    if (left < 0) return list;
  }
  return sizes.indexOf(Math.max(...sizes));
}

/** All positions in a random order (Fisher and Yates). */
async function sampleOrder(total: number, random: () => number, slices: WorkSlices): Promise<Uint32Array> {
  const order = new Uint32Array(total).map((_, i) => i);
  for (let i = total - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
    if (slices.due()) await slices.pause();
  }
  return order;
}

async function gather(
  vectors: Float32Array,
  dimensions: number,
  rows: Uint32Array,
  slices: WorkSlices,
): Promise<Float32Array> {
  const gathered = new Float32Array(rows.length * dimensions);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    gathered.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions);
    if (slices.due()) await slices.pause();
  }
  return gathered;
}
