/** The mean; 0 if there are no numbers. */
export const mean = (numbers) => numbers.reduce((sum, x) => sum + x, 0) / Math.max(1, numbers.length);

/** Standard deviation of the whole population. */
export function deviation(numbers) {
  const middle = mean(numbers);
  return Math.sqrt(mean(numbers.map((x) => (x - middle) ** 2)));
}
