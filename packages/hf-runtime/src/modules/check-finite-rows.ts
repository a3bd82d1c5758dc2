import { NonFiniteResultError } from "../errors/non-finite-result-error.js";
import { firstNonFinite } from "../numbers/first-non-finite.js";

/**
 * Checks that a model's results are finite numbers.
 * @param width count of numbers in a row
 * @throws NonFiniteResultError that names the input of the first row with NaN or an infinity
 */
export function checkFiniteRows(
  data: Float32Array,
  width: number,
  kind: "text" | "pair",
  { model, position }: { readonly model: string; readonly position: (row: number) => number },
): void {
  const wrong = firstNonFinite(data);
  if (wrong < 0) return;
  throw new NonFiniteResultError(model, kind, position(Math.floor(wrong / width)), data[wrong]!);
}
