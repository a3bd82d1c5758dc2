/** Weights of two orders that are blended. */
export interface Blend {
  /** Number that is added to each rank, which begins at 1: the larger it is, the smaller the advantage of the first ranks. Minimum 0. */
  readonly c: number;
  /** Share of the first order, 0 to 1; the second has the rest. */
  readonly weight: number;
}

/**
 * Blends two orders of the same items by the weighted sum of their reciprocal ranks in both. Items with equal sums are in the first
 * order.
 * @param ranked items in the second order; `index` is the position in the first order, from 0
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
