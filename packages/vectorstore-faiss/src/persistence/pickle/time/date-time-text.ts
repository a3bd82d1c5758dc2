import { pad } from "./pad.js";

/** The years 1 to 9999, in milliseconds. */
const FIRST_MS = Date.parse("0001-01-01T00:00:00Z");
const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");

/**
 * The time of a wall clock as Python's `isoformat` writes it: `2024-01-31T23:59:59.000001`.
 * @param ms since 1970, as if the clock showed UTC
 * @param microseconds of the millisecond, 0 to 999
 * @returns `undefined` outside Python's years
 */
export function dateTimeText(ms: number, microseconds: number): string | undefined {
  if (!(ms >= FIRST_MS && ms <= LAST_MS)) return undefined;
  const text = new Date(ms).toISOString().slice(0, 23);
  if (microseconds > 0) return text + pad(microseconds, 3);
  return text.endsWith(".000") ? text.slice(0, 19) : `${text}000`;
}
