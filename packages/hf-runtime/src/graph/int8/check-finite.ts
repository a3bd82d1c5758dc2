import { NonFiniteWeightError } from "../../errors/non-finite-weight-error.js";
import { firstNonFinite } from "../../numbers/first-non-finite.js";
import type { TensorLocation } from "../../safetensors/read-safetensors-header.js";

/**
 * Checks numbers of a weight.
 * @param from position in the tensor of the first of `values`
 * @throws NonFiniteWeightError
 */
export function checkFinite(
  { name, file }: Pick<TensorLocation, "name" | "file">,
  values: Float32Array,
  from = 0,
): void {
  const index = firstNonFinite(values);
  if (index >= 0) throw new NonFiniteWeightError(name, from + index, values[index]!, file);
}
