import { isDate } from "./is-date.js";
import { isNumeric } from "./is-numeric.js";

/** Compares two values: below 0 if `a` comes first, above 0 if `b` does, `undefined` if their types have no common order. */
export function compareValues(a: unknown, b: unknown): number | undefined {
  if (isDate(a) && isDate(b)) return compareValues(a.getTime(), b.getTime());
  const comparable =
    (isNumeric(a) && isNumeric(b)) || (typeof a === typeof b && isOrdered(a) && isOrdered(b));
  if (!comparable) return undefined;
  const left = a as number;
  const right = b as number;
  if (left < right) return -1;
  if (left > right) return 1;
  // NaN has no order.
  return left >= right ? 0 : undefined;
}

function isOrdered(value: unknown): boolean {
  return typeof value === "string" || typeof value === "boolean";
}
