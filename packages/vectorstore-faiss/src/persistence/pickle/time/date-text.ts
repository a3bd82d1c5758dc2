import { isCalendarDate } from "../../../documents/metadata/is-calendar-date.js";
import { PythonDataError } from "../values/python-data-error.js";
import { pad } from "./pad.js";

/** Decodes the 4 bytes of a pickled date to `2024-01-31`. */
export function dateText(state: Uint8Array): string {
  if (state.length < 4) throw new PythonDataError("it has a date of too few bytes");
  const year = state[0]! * 256 + state[1]!;
  // In a datetime, the high bit is its `fold`.
  const month = state[2]! & 0x7f;
  const day = state[3]!;
  if (!isCalendarDate(year, month, day)) throw new PythonDataError("it has an invalid date");
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
}
