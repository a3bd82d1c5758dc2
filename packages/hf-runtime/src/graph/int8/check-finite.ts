import { NonFiniteWeightError } from "../../errors/non-finite-weight-error.js";
import { firstNonFinite } from "../../numbers/first-non-finite.js";
import type { TensorLocation } from "../../safetensors/read-safetensors-header.js";

/**
 * Checks that numbers of a weight are finite.
 * @param from position of the first value in the tensor
 * @throws NonFiniteWeightError for NaN or an infinity
 */
export function checkFinite(
  { name, file }: Pick<TensorLocation, "name" | "file">,
  values: Float32Array,
  from = 0,
): void {
  const index = firstNonFinite(values);
  if (index >= 0) throw new NonFiniteWeightError(name, from + index, values[index]!, file);
}
