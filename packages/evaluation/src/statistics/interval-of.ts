/**
 * Returns the interval between the percentiles that leave out equally many values at both ends, and contain the share `confidence`. Interpolates as numpy
 * does by default.
 * @param values sorted in position; at least one
 */
export function intervalOf(
  values: Float64Array,
  confidence: number,
): { readonly low: number; readonly high: number } {
  values.sort();
  return { low: quantile(values, (1 - confidence) / 2), high: quantile(values, (1 + confidence) / 2) };
}

function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}
