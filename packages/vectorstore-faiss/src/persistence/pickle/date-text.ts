import { pad } from "./pad.js";
import { PythonDataError } from "./python-data-error.js";

/** Python's 4 bytes of a date as `2024-01-31`. */
export function dateText(state: Uint8Array): string {
  if (state.length < 4) throw new PythonDataError("it has a date of too few bytes");
  const year = state[0]! * 256 + state[1]!;
  const month = state[2]! & 0x7f;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, state[3]!);
  const valid =
    year >= 1 && year <= 9999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === state[3];
  if (!valid) throw new PythonDataError("it has a date that is none");
  return `${pad(year, 4)}-${pad(month)}-${pad(state[3]!)}`;
}
