import { PythonDataError } from "../values/python-data-error.js";
import { clockText } from "./clock-text.js";
import { offsetText } from "./offset-text.js";
import { timeZoneOf } from "./time-zone-of.js";

/**
 * Decodes the 6 bytes of a pickled time to `23:59:59.000001`, with its offset if it has one. In a zone whose offset depends on the day, a time of day
 * has no offset, as in Python.
 */
export function timeText(state: Uint8Array, zone?: unknown): string {
  if (state.length !== 6) throw new PythonDataError("it has a time of another length than 6 bytes");
  const { offset } = timeZoneOf(zone) ?? { offset: null };
  return clockText(state) + (offset === null ? "" : offsetText(offset));
}
