/**
 * numpy's `percentile`, with its linear interpolation.
 *
 * @param values at least one
 * @param percent 0 to 100
 */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = (sorted.length - 1) * (percent / 100);
  const index = Math.floor(place);
  const low = sorted[index]!;
  const high = sorted[Math.min(index + 1, sorted.length - 1)]!;
  const share = place - index;
  const difference = high - low;
  return share >= 0.5 ? high - difference * (1 - share) : low + difference * share;
}
