import type { PickleBudget } from "./pickle-budget.js";

/** Conversion to decimal takes time quadratic in the digits. The longest number costs what its bytes in the file pay for. */
const DIGITS_COST = 1 / 740;

/** A whole number in decimal. Each conversion is charged, since a pickle may convert the same long number many times. */
export function integerText(value: number | bigint, budget: PickleBudget): string {
  const text = value.toString();
  if (text.length > 20) budget.charge(text.length ** 2 * DIGITS_COST);
  return text;
}
