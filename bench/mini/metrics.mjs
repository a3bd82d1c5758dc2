/**
 * nDCG with linear gains, as trec_eval and BEIR count it: 0 to 1, 0 for a query that nothing is relevant to.
 * @param {readonly string[]} ranking ids, best first
 * @param {ReadonlyMap<string, number>} grades of the judged ids; above 0 is relevant
 */
export function ndcgAt(k, ranking, grades) {
  const ideal = [...grades.values()].sort((a, b) => b - a);
  const best = discounted(ideal.slice(0, k));
  return best === 0 ? 0 : discounted(ranking.slice(0, k).map((id) => grades.get(id) ?? 0)) / best;
}

/** 1 / the place of the first relevant one among the best k, else 0. */
export function reciprocalRankAt(k, ranking, grades) {
  const place = ranking.slice(0, k).findIndex((id) => (grades.get(id) ?? 0) > 0);
  return place === -1 ? 0 : 1 / (place + 1);
}

/**
 * Share of the spans' characters that lie in any of the ranges; a character that several ranges or spans hold counts once.
 * @param {readonly { corpus: string, start: number, end: number }[]} spans what should be found
 * @param {readonly { corpus: string, start: number, end: number }[]} ranges what was found
 */
export function coverage(spans, ranges) {
  const wanted = new Set();
  for (const { corpus, start, end } of spans) for (let i = start; i < end; i++) wanted.add(`${corpus} ${i}`);
  const total = wanted.size;
  for (const { corpus, start, end } of ranges)
    for (let i = start; i < end; i++) wanted.delete(`${corpus} ${i}`);
  return total === 0 ? 0 : (total - wanted.size) / total;
}

export const mean = (numbers) => numbers.reduce((sum, x) => sum + x, 0) / Math.max(1, numbers.length);

function discounted(gains) {
  return gains.reduce((sum, gain, place) => sum + Math.max(0, gain) / Math.log2(place + 2), 0);
}
