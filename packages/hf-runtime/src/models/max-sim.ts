/** The sum of each query token's best match among a document's tokens: [query tokens][width] and [document tokens][width] → a score. */
export function maxSim(query: readonly Float32Array[], document: readonly Float32Array[]): number {
  let sum = 0;
  for (const a of query) {
    let best = Number.NEGATIVE_INFINITY;
    for (const b of document) {
      let dot = 0;
      for (let i = 0; i < a.length; i++) dot += a[i]! * b[i]!;
      if (dot > best) best = dot;
    }
    // A document without tokens has no match.
    if (best !== Number.NEGATIVE_INFINITY) sum += best;
  }
  return sum;
}
