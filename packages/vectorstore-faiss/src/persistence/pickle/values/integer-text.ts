import type { PickleBudget } from "./pickle-budget.js";

/** Writing a number in decimal takes time that grows with the square of its digits. The longest costs what its bytes of the file pay for. */
const DIGITS_COST = 1 / 740;

/** A whole number in decimal, which is charged: a pickle may ask it of the same long number again and again. */
export function integerText(value: number | bigint, budget: PickleBudget): string {
  const text = value.toString();
  if (text.length > 20) budget.charge(text.length ** 2 * DIGITS_COST);
  return text;
}
