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

/** Below 0 when `a` comes first, above 0 when `b` does, `undefined` when their types have no common order. */
export function compareValues(a: unknown, b: unknown): number | undefined {
  if (isDate(a) && isDate(b)) return compareValues(a.getTime(), b.getTime());
  const comparable =
    (isNumeric(a) && isNumeric(b)) || (typeof a === typeof b && isOrdered(a) && isOrdered(b));
  if (!comparable) return undefined;
  const left = a as number;
  const right = b as number;
  if (left < right) return -1;
  if (left > right) return 1;
  // NaN is neither.
  return left >= right ? 0 : undefined;
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

function isNumeric(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

function isOrdered(value: unknown): boolean {
  return typeof value === "string" || typeof value === "boolean";
}

/** By tag, since a date may come from another realm. */
export function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === "[object Date]";
}
