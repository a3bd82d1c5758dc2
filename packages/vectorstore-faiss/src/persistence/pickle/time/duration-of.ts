import { PythonValue } from "../../../documents/metadata/python-value.js";

/** Maximum number of days in a Python timedelta. */
const MAX_DAYS = 999_999_999n;
const DAY = 86_400_000_000n;
const SECOND = 1_000_000n;

/** A timedelta of this many microseconds, as Python normalises it; `undefined` if it is out of Python's range. */
export function durationOf(microseconds: bigint): PythonValue<"timedelta"> | undefined {
  const inDay = ((microseconds % DAY) + DAY) % DAY;
  const days = (microseconds - inDay) / DAY;
  if (days > MAX_DAYS || days < -MAX_DAYS) return undefined;
  return new PythonValue("timedelta", [Number(days), Number(inDay / SECOND), Number(inDay % SECOND)]);
}
