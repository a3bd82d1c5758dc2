/** numpy's `gradient` at a distance of 1: [n] → [n], n at least 2. */
export function gradient(values: readonly number[]): number[] {
  const last = values.length - 1;
  return values.map((_, index) => {
    const [before, after] = [Math.max(index - 1, 0), Math.min(index + 1, last)];
    return (values[after]! - values[before]!) / (after - before);
  });
}
