/**
 * Difference of results from float32's: the largest and the mean, of logits or of any component of a vector.
 *
 * @param {readonly (number | readonly number[] | null)[]} output
 * @param {readonly (number | readonly number[] | null)[]} reference
 * @returns {{ max: number, mean: number } | undefined} undefined if a result is not a number
 */
export function drift(output, reference) {
  const [values, expected] = [output.flat(), reference.flat()];
  if (values.length !== expected.length || values.some((value) => !Number.isFinite(value))) return undefined;
  const differences = values.map((value, i) => Math.abs(value - expected[i]));
  return {
    max: differences.reduce((most, each) => Math.max(most, each), 0),
    mean: differences.reduce((sum, each) => sum + each, 0) / Math.max(1, differences.length),
  };
}
