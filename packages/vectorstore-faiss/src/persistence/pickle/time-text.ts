import { clockText } from "./clock-text.js";
import { pad } from "./pad.js";
import { PythonDataError } from "./python-data-error.js";
import { TimeZone } from "./time-zone.js";

/** Python's 6 bytes of a time as `23:59:59.000001`, with its offset when it has one. */
export function timeText(state: Uint8Array, zone?: unknown): string {
  if (state.length !== 6) throw new PythonDataError("it has a time of another length than 6 bytes");
  if (zone === undefined || zone === null) return clockText(state);
  if (!(zone instanceof TimeZone) || zone.offset === null) {
    throw new PythonDataError("it has a time of day in a zone without a fixed offset");
  }
  return clockText(state) + offsetText(zone.offset);
}

/** `+05:30`, with seconds when there are any. */
function offsetText(offset: number): string {
  const seconds = Math.abs(Math.trunc(offset));
  const tail = seconds % 60 === 0 ? "" : `:${pad(seconds % 60)}`;
  return `${offset < 0 ? "-" : "+"}${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}${tail}`;
}
