/** How much each of two orders counts. */
export interface Blend {
  /** Added to each rank, which begins at 1: the larger it is, the less the first places stand out. Minimum 0. */
  readonly c: number;
  /** Share of the first order, 0 to 1; the second has the rest. */
  readonly weight: number;
}

/**
 * Items in an order between that in which they came and that in which they are: by the weighted sum of their reciprocal ranks in both. Of equal sums the
 * one that came first.
 * @param ranked in the second order; `index` is the place in the first, from 0
 */
export function blendOrders<Item extends { readonly index: number }>(
  ranked: readonly Item[],
  { c, weight }: Blend,
): Item[] {
  return ranked
    .map((item, i) => ({ item, sum: weight / (c + item.index + 1) + (1 - weight) / (c + i + 1) }))
    .sort((a, b) => b.sum - a.sum || a.item.index - b.item.index)
    .map(({ item }) => item);
}
