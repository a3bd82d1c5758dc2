import { PythonValue } from "../../../documents/metadata/python-value.js";
import { PythonDataError } from "../values/python-data-error.js";
import { PythonGlobal } from "../values/python-global.js";
import { dateTimeText } from "./date-time-text.js";
import { durationOf } from "./duration-of.js";
import { timeZoneOf } from "./time-zone-of.js";
import { zonedParts } from "./zoned-parts.js";

/** Nanoseconds of a unit, by pandas' number for it. */
const NANOSECONDS: Readonly<Record<number, bigint>> = {
  7: 1_000_000_000n,
  8: 1_000_000n,
  9: 1000n,
  10: 1n,
};
/** The only unit of older versions of pandas. */
const NANOSECOND_UNIT = 10;

/** Names of pandas' Timestamp, and of its function with the same arguments, in all versions. */
const TIMESTAMP_NAMES = [
  "pandas._libs.tslibs.timestamps._unpickle_timestamp",
  "pandas._libs.tslibs.timestamps.Timestamp",
  "pandas._libs.tslib.Timestamp",
];
const TIMEDELTA_NAMES = [
  "pandas._libs.tslibs.timedeltas._timedelta_unpickle",
  "pandas._libs.tslibs.timedeltas.Timedelta",
];
const NOT_A_TIME_NAMES = [
  "pandas._libs.tslibs.nattype._nat_unpickle",
  "pandas._libs.tslibs.nattype.__nat_unpickle",
  "pandas._libs.tslib.__nat_unpickle",
];

/** pandas' moments and durations, read as datetimes and timedeltas: nanoseconds are cut. Missing values are None. */
export function pandasGlobals(): PythonGlobal[] {
  return [
    ...TIMESTAMP_NAMES.map((name) => {
      return new PythonGlobal(name, ([value, , zone, unit]) => timestamp(microseconds(value, unit), zone));
    }),
    ...TIMEDELTA_NAMES.map((name) => {
      return new PythonGlobal(name, ([value, unit]) => {
        const duration = durationOf(microseconds(value, unit));
        if (duration !== undefined) return duration;
        throw new PythonDataError("it has a pandas duration beyond Python's timedelta");
      });
    }),
    ...NOT_A_TIME_NAMES.map((name) => new PythonGlobal(name, () => null)),
  ];
}

/** Microseconds since 1970, or of a duration; parts of a microsecond are cut. */
function microseconds(value: unknown, unit: unknown = NANOSECOND_UNIT): bigint {
  const nanoseconds = typeof unit === "number" ? NANOSECONDS[unit] : undefined;
  if ((typeof value !== "bigint" && !Number.isSafeInteger(value)) || nanoseconds === undefined) {
    throw new PythonDataError("it has a pandas time of an unknown unit");
  }
  const count = BigInt.asIntN(64, BigInt(value as number | bigint)) * nanoseconds;
  return (count - (((count % 1000n) + 1000n) % 1000n)) / 1000n;
}

/** @param sinceEpoch microseconds since 1970 in UTC, or on the clock if there is no zone */
function timestamp(sinceEpoch: bigint, tz: unknown): PythonValue<"datetime"> {
  const rest = Number(((sinceEpoch % 1000n) + 1000n) % 1000n);
  const ms = Number((sinceEpoch - BigInt(rest)) / 1000n);
  const zone = timeZoneOf(tz);
  // Convert to text first: only moments in range have an offset.
  const utc = dateTimeText(ms, rest);
  const offset = zone === undefined || utc === undefined ? 0 : zone.offsetAtMoment(ms);
  const text = offset === 0 ? utc : dateTimeText(ms + offset * 1000, rest);
  if (text === undefined) throw new PythonDataError("it has a pandas time outside the years 1 to 9999");
  return new PythonValue("datetime", zonedParts(text, zone?.atOffset(offset), 0));
}
