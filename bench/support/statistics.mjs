/** The value below which a share of the numbers lies, between neighbours where it falls between. */
export function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

export const median = (numbers) => quantile(numbers, 0.5);

/** Standard deviation, of all that there are. */
export function deviation(numbers) {
  const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
  return Math.sqrt(numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length);
}

/** Positions of the highest numbers, best first. */
export function best(numbers, count) {
  return [...numbers.keys()].sort((a, b) => numbers[b] - numbers[a]).slice(0, count);
}
