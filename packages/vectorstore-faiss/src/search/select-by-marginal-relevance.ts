/**
 * Maximal marginal relevance: picks vectors that are near the query and unlike those picked before.
 * The next pick maximises `lambda * cos(query, v) - (1 - lambda) * max cos(picked, v)`; ties go to the first.
 * @param vectors candidates, all of the query's length
 * @param lambda 1 for relevance only, 0 for diversity only
 * @returns up to `k` positions in `vectors`, in the order of picking
 */
export function selectByMarginalRelevance(
  query: Float32Array,
  vectors: readonly Float32Array[],
  k: number,
  lambda: number,
): number[] {
  const relevance = vectors.map((vector) => cosine(query, vector));
  /** The highest cosine of each candidate to any picked vector. */
  const redundancy = new Array<number>(vectors.length).fill(Number.NEGATIVE_INFINITY);
  const picked: number[] = [];
  const open = new Set(vectors.keys());
  while (picked.length < k && open.size > 0) {
    // The first pick is the most relevant one, whatever lambda is.
    const value = (i: number): number =>
      picked.length === 0 ? relevance[i]! : lambda * relevance[i]! - (1 - lambda) * redundancy[i]!;
    let best = -1;
    for (const i of open) if (best < 0 || value(i) > value(best)) best = i;
    picked.push(best);
    open.delete(best);
    for (const i of open) redundancy[i] = Math.max(redundancy[i]!, cosine(vectors[best]!, vectors[i]!));
  }
  return picked;
}

/** Cosine similarity in double precision; 0 if a vector has length 0, as in Python's helper. */
function cosine(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  let squaredA = 0;
  let squaredB = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    const y = b[i]!;
    dot += x * y;
    squaredA += x * x;
    squaredB += y * y;
  }
  return squaredA === 0 || squaredB === 0 ? 0 : dot / Math.sqrt(squaredA * squaredB);
}
