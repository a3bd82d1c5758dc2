import { PythonDataError } from "../values/python-data-error.js";
import { pad } from "./pad.js";

/** Decodes the last 6 bytes of a pickled time or datetime to `23:59:59.000001`. */
export function clockText(state: Uint8Array): string {
  const hours = state[0]! & 0x7f;
  const microseconds = state[3]! * 65_536 + state[4]! * 256 + state[5]!;
  if (hours > 23 || state[1]! > 59 || state[2]! > 59 || microseconds > 999_999) {
    throw new PythonDataError("it has an invalid time");
  }
  const fraction = microseconds === 0 ? "" : `.${pad(microseconds, 6)}`;
  return `${pad(hours)}:${pad(state[1]!)}:${pad(state[2]!)}${fraction}`;
}
