import { entriesOf } from "./entries-of.js";
import { equalValues } from "./equal-values.js";
import { isDate } from "./is-date.js";

/** A fingerprint reads this many items of an array, and objects with at most this many entries, on each of three levels. */
const FINGERPRINT_PARTS = 8;
const FINGERPRINT_LEVELS = 3;

/**
 * The values of an `$in` list, in hash tables, so that a lookup does not scan the list. A value is in the list if `equalValues`
 * holds for one of its values.
 */
export class ValueList {
  /** Strings, booleans and other values that equal only themselves. */
  readonly #same = new Set<unknown>();
  /** Numbers; bigints are kept separately, because 3n equals 3, but not in a Set. */
  readonly #numbers = new Set<number>();
  readonly #bigints = new Set<bigint>();
  /** Times of dates. */
  readonly #moments = new Set<number>();
  /** Other objects by fingerprint. */
  readonly #objects = new Map<string, unknown[]>();
  #hasMissing = false;

  constructor(values: readonly unknown[]) {
    // By index: a hole is a missing value.
    for (let i = 0; i < values.length; i++) this.#add(values[i]);
  }

  has(value: unknown): boolean {
    if (value === null || value === undefined) return this.#hasMissing;
    if (typeof value === "number") return this.#hasNumber(value);
    if (typeof value === "bigint") return this.#hasBigint(value);
    if (typeof value !== "object") return this.#same.has(value);
    if (isDate(value)) return this.#moments.has(value.getTime());
    if (this.#objects.size === 0) return false;
    return this.#objects.get(fingerprint(value))?.some((other) => equalValues(value, other)) ?? false;
  }

  #add(value: unknown): void {
    if (value === null || value === undefined) this.#hasMissing = true;
    else if (typeof value === "number") {
      // NaN equals nothing.
      if (!Number.isNaN(value)) this.#numbers.add(value);
    } else if (typeof value === "bigint") this.#bigints.add(value);
    else if (typeof value !== "object") this.#same.add(value);
    else if (isDate(value)) {
      if (!Number.isNaN(value.getTime())) this.#moments.add(value.getTime());
    } else {
      const key = fingerprint(value);
      const others = this.#objects.get(key);
      if (others === undefined) this.#objects.set(key, [value]);
      else others.push(value);
    }
  }

  #hasNumber(value: number): boolean {
    if (this.#numbers.has(value)) return true;
    return this.#bigints.size > 0 && Number.isInteger(value) && this.#bigints.has(BigInt(value));
  }

  #hasBigint(value: bigint): boolean {
    if (this.#bigints.has(value)) return true;
    const number = Number(value);
    return this.#numbers.has(number) && BigInt(number) === value;
  }
}

/** A text that is the same for equal values, and differs for most others. */
function fingerprint(value: unknown, level = 0): string {
  if (value === null || value === undefined) return "-";
  if (typeof value === "number" || typeof value === "bigint") return `d${Number(value)}`;
  if (typeof value === "string") return `s${value.length}:${value}`;
  if (typeof value !== "object") return typeof value;
  if (isDate(value)) return `t${value.getTime()}`;
  if (level === FINGERPRINT_LEVELS) return "…";
  if (Array.isArray(value)) {
    const parts = value.slice(0, FINGERPRINT_PARTS).map((item) => fingerprint(item, level + 1));
    return `[${value.length}:${parts.join()}]`;
  }
  // Maps and sets equal objects of the same entries.
  const entries = entriesOf(value);
  if (entries.size > FINGERPRINT_PARTS) return `{${entries.size}`;
  const keys = [...entries.keys()].filter((key) => typeof key === "string").sort();
  const parts = keys.map((key) => `${key}=${fingerprint(entries.get(key), level + 1)}`);
  return `{${entries.size}:${parts.join()}}`;
}
