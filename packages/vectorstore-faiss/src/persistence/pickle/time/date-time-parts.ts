import type { DateTimeParts } from "../../../documents/metadata/python-value.js";
import { PythonDataError } from "../values/python-data-error.js";
import { clockText } from "./clock-text.js";
import { dateText } from "./date-text.js";
import { timeZoneOf } from "./time-zone-of.js";
import { zonedParts } from "./zoned-parts.js";

/** Decodes the 10 bytes of a pickled datetime. */
export function dateTimeParts(state: Uint8Array, zone?: unknown): DateTimeParts {
  if (state.length !== 10) throw new PythonDataError("it has a datetime of another length than 10 bytes");
  const text = `${dateText(state)}T${clockText(state.subarray(4))}`;
  return zonedParts(text, timeZoneOf(zone), state[2]! >= 0x80 ? 1 : 0);
}
