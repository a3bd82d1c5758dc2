/**
 * Interpolates the value at a recall between measured points: linear in the recall and in the value's logarithm, because time grows like this
 * as recall comes near 1.
 *
 * @param {readonly { recall: number, value: number }[]} points in any order; values above 0
 * @param {number} recall
 * @returns {number | undefined} undefined if no point reaches the recall; the lowest point's value if all are above it
 */
export function atRecall(points, recall) {
  const sorted = [...points].sort((a, b) => a.recall - b.recall);
  const next = sorted.findIndex((point) => point.recall >= recall);
  if (next === -1) return undefined;
  if (next === 0) return sorted[0].value;
  const [low, high] = [sorted[next - 1], sorted[next]];
  const share = (recall - low.recall) / (high.recall - low.recall);
  return Math.exp(Math.log(low.value) * (1 - share) + Math.log(high.value) * share);
}
