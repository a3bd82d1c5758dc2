import { isDate } from "./is-date.js";
import { isNumeric } from "./is-numeric.js";

/** Whether two metadata values are the same: numbers by value (bigint or not), dates by moment, the rest deeply. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isMissing(a) || isMissing(b)) return isMissing(a) && isMissing(b);
  // biome-ignore lint/suspicious/noDoubleEquals: 3n == 3 is the very comparison that is meant.
  if (isNumeric(a) && isNumeric(b)) return a == b;
  if (typeof a !== "object" || typeof b !== "object") return false;
  if (isDate(a) || isDate(b)) return isDate(a) && isDate(b) && a.getTime() === b.getTime();
  return equalObjects(a as object, b as object);
}

function equalObjects(a: object, b: object): boolean {
  const left = entriesOf(a);
  const right = entriesOf(b);
  if (left.size !== right.size || Array.isArray(a) !== Array.isArray(b)) return false;
  for (const [key, value] of left) {
    if (!right.has(key) || !equalValues(value, right.get(key))) return false;
  }
  return true;
}

function entriesOf(value: object): Map<unknown, unknown> {
  if (value instanceof Map) return value;
  if (value instanceof Set) return new Map(Array.from(value, (item) => [item, item]));
  return new Map(Object.entries(value));
}

function isMissing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
