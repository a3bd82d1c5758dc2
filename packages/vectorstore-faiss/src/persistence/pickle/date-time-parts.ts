import type { DateTimeParts } from "../../documents/metadata/python-value.js";
import { clockText } from "./clock-text.js";
import { dateText } from "./date-text.js";
import { PythonDataError } from "./python-data-error.js";
import { TimeZone } from "./time-zone.js";

/** Python's 10 bytes of a datetime. */
export function dateTimeParts(state: Uint8Array, zone?: unknown): DateTimeParts {
  if (state.length !== 10) throw new PythonDataError("it has a datetime of another length than 10 bytes");
  const text = `${dateText(state)}T${clockText(state.subarray(4))}`;
  const fold = state[2]! >= 0x80 ? 1 : 0;
  if (zone === undefined || zone === null) return [text, null, null, fold];
  if (!(zone instanceof TimeZone)) throw new PythonDataError("it has a datetime with an unknown time zone");
  return [text, zone.offsetAt(Date.parse(`${text.slice(0, 23)}Z`), fold), zone.name, fold];
}
