/**
 * The interval of the middle `confidence` of the values: percentiles, interpolated as numpy does by default.
 * @param values sorted in place; at least one
 */
export function intervalOf(
  values: Float64Array,
  confidence: number,
): { readonly low: number; readonly high: number } {
  values.sort();
  return { low: quantile(values, (1 - confidence) / 2), high: quantile(values, (1 + confidence) / 2) };
}

function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (place - below);
}
