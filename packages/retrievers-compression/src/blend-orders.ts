/**
 * Items in an order between that in which they came and that in which they are: by the sum of their reciprocal ranks in both. Of equal sums the
 * one that came first.
 * @param ranked in the second order; `index` is the place in the first, from 0
 * @param c added to each rank, which begins at 1
 */
export function blendOrders<Item extends { readonly index: number }>(
  ranked: readonly Item[],
  c: number,
): Item[] {
  return ranked
    .map((item, i) => ({ item, sum: 1 / (c + item.index + 1) + 1 / (c + i + 1) }))
    .sort((a, b) => b.sum - a.sum || a.item.index - b.item.index)
    .map(({ item }) => item);
}
