import { PythonDataError } from "../values/python-data-error.js";
import { PythonInstance } from "../values/python-instance.js";
import { TimeZone } from "./time-zone.js";

/** The time zone of a pickled time; `undefined` for None. @throws PythonDataError for anything else */
export function timeZoneOf(value: unknown): TimeZone | undefined {
  if (value === undefined || value === null) return undefined;
  const zone = value instanceof PythonInstance ? value.value : value;
  if (zone instanceof TimeZone) return zone;
  throw new PythonDataError("it has a time with an unknown time zone");
}
