/** Positions of the highest numbers, best first. */
export function best(numbers, count) {
  return [...numbers.keys()].sort((a, b) => numbers[b] - numbers[a]).slice(0, count);
}
