import { TIME_ZONE_NAMES } from "./generated/time-zone-names.js";

let names: Set<string> | undefined;

/** Whether Python's zoneinfo has a zone of this name; upper and lower case matter. */
export function isTimeZoneName(name: string): boolean {
  names ??= new Set(TIME_ZONE_NAMES.split(" "));
  return names.has(name);
}
