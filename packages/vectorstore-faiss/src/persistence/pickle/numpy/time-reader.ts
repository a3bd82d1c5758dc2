import { PythonValue } from "../../../documents/metadata/python-value.js";
import { dateTimeText } from "../time/date-time-text.js";
import { durationOf } from "../time/duration-of.js";
import { integerValue } from "../values/integer-value.js";
import { PythonDataError } from "../values/python-data-error.js";
import type { ReadElement } from "./read-element.js";

/** The unit of a datetime64 or a timedelta64: a number of a named unit, such as `ns`. */
export interface TimeUnit {
  readonly name: string;
  readonly count: number;
}

/** numpy's "not a time". */
const NOT_A_TIME = -(2n ** 63n);

/** Small units in a microsecond, and microseconds in large units. */
const PARTS_OF_MICROSECOND: Readonly<Record<string, bigint>> = {
  us: 1n,
  ns: 1000n,
  ps: 1_000_000n,
  fs: 1_000_000_000n,
  as: 1_000_000_000_000n,
};
const MICROSECONDS: Readonly<Record<string, bigint>> = {
  W: 604_800_000_000n,
  D: 86_400_000_000n,
  h: 3_600_000_000n,
  m: 60_000_000n,
  s: 1_000_000n,
  ms: 1000n,
};
/** Units without a fixed length, in months. */
const YEAR_MONTHS: Readonly<Record<string, number>> = { Y: 12, M: 1 };

/**
 * Reads datetime64 (`M8`) as date or datetime, and timedelta64 (`m8`) as timedelta; parts of a microsecond are cut. Not-a-time
 * becomes None. Values out of Python's range, and durations in months or years, become the number that numpy counts, as from
 * numpy's `item`.
 */
export function timeReader(code: "M8" | "m8", little: boolean, unit: TimeUnit | undefined): ReadElement {
  if (unit === undefined) throw new PythonDataError("it has a numpy time without a unit");
  const read = code === "M8" ? moment(unit.name) : duration(unit.name);
  return (view, at) => {
    const value = view.getBigInt64(at, little);
    if (value === NOT_A_TIME) return null;
    return read(unit.count === 1 ? value : value * BigInt(unit.count)) ?? integerValue(value);
  };
}

/** Converts a count; `undefined` if it is out of Python's range. */
type ReadTime = (value: bigint) => PythonValue | undefined;

function moment(unit: string): ReadTime {
  if (unit === "generic") return () => undefined;
  const months = Object.hasOwn(YEAR_MONTHS, unit) ? YEAR_MONTHS[unit] : undefined;
  if (months !== undefined) {
    return (value) => date(dateTimeText(new Date(0).setUTCMonth(Number(value) * months), 0));
  }
  const toMicroseconds = microsecondsOf(unit);
  return (value) => {
    const microseconds = toMicroseconds(value);
    const rest = floorMod(microseconds, 1000n);
    const text = dateTimeText(Number((microseconds - rest) / 1000n), Number(rest));
    if (unit === "W" || unit === "D") return date(text);
    return text === undefined ? undefined : new PythonValue("datetime", [text, null, null, 0]);
  };
}

function date(text: string | undefined): PythonValue<"date"> | undefined {
  return text === undefined ? undefined : new PythonValue("date", text.slice(0, 10));
}

function duration(unit: string): ReadTime {
  if (unit === "generic" || Object.hasOwn(YEAR_MONTHS, unit)) return () => undefined;
  const toMicroseconds = microsecondsOf(unit);
  return (value) => durationOf(toMicroseconds(value));
}

function microsecondsOf(name: string): (value: bigint) => bigint {
  const parts = Object.hasOwn(PARTS_OF_MICROSECOND, name) ? PARTS_OF_MICROSECOND[name] : undefined;
  if (parts !== undefined) return (value) => (value - floorMod(value, parts)) / parts;
  const microseconds = Object.hasOwn(MICROSECONDS, name) ? MICROSECONDS[name] : undefined;
  if (microseconds !== undefined) return (value) => value * microseconds;
  throw new PythonDataError(`it has a numpy time of the unknown unit ${name.slice(0, 20)}`);
}

function floorMod(value: bigint, by: bigint): bigint {
  return ((value % by) + by) % by;
}
