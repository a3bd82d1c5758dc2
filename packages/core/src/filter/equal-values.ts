import { entriesOf } from "./entries-of.js";
import { isDate } from "./is-date.js";
import { isNumeric } from "./is-numeric.js";

/** After this many compared pairs of objects, compared pairs are remembered. Few values have more. */
const REMEMBERED_FROM = 1000;

/**
 * Whether two metadata values are equal: numbers (also bigints) by value, dates by time, everything else deeply. Values may be
 * nested to any depth, and may contain themselves.
 */
export function equalValues(a: unknown, b: unknown): boolean {
  const shallow = compareShallow(a, b);
  return shallow ?? equalObjects(a as object, b as object);
}

/** Undefined if both are objects whose parts must be compared. */
function compareShallow(a: unknown, b: unknown): boolean | undefined {
  if (a === b) return true;
  if (isMissing(a) || isMissing(b)) return isMissing(a) && isMissing(b);
  // biome-ignore lint/suspicious/noDoubleEquals: 3n == 3 must be true.
  if (isNumeric(a) && isNumeric(b)) return a == b;
  if (typeof a !== "object" || typeof b !== "object") return false;
  if (isDate(a) || isDate(b)) return isDate(a) && isDate(b) && a.getTime() === b.getTime();
  return undefined;
}

function equalObjects(a: object, b: object): boolean {
  const open: [object, object][] = [[a, b]];
  const compared = new Map<object, Set<object>>();
  let count = 0;
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    // A pair that was compared before, such as one that contains itself, needs no second comparison.
    if (++count > REMEMBERED_FROM && !remember(compared, pair)) continue;
    const [left, right] = [entriesOf(pair[0]), entriesOf(pair[1])];
    if (left.size !== right.size || Array.isArray(pair[0]) !== Array.isArray(pair[1])) return false;
    for (const [key, value] of left) {
      if (!right.has(key)) return false;
      const other = right.get(key);
      const shallow = compareShallow(value, other);
      if (shallow === false) return false;
      if (shallow === undefined) open.push([value as object, other as object]);
    }
  }
  return true;
}

/** @returns whether the pair is new */
function remember(compared: Map<object, Set<object>>, [a, b]: readonly [object, object]): boolean {
  const others = compared.get(a);
  if (others === undefined) compared.set(a, new Set([b]));
  else if (others.has(b)) return false;
  else others.add(b);
  return true;
}

function isMissing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
