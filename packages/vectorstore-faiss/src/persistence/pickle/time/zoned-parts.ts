import type { DateTimeParts } from "../../../documents/metadata/python-value.js";
import type { TimeZone } from "./time-zone.js";

/**
 * The parts of a datetime: the time `text` on a wall clock of a zone. The zone's name is kept if zoneinfo has the same offset for it, so that the name alone
 * determines the moment. Libraries such as pytz may have chosen another offset, which is then kept instead.
 * @param text such as `2024-01-31T23:59:59.000001`
 */
export function zonedParts(text: string, zone: TimeZone | undefined, fold: 0 | 1): DateTimeParts {
  if (zone === undefined) return [text, null, null, fold];
  const localMs = Date.parse(`${text.slice(0, 23)}Z`);
  const offset = zone.offsetAt(localMs, fold);
  if (zone.name === null || zone.offset === null) return [text, offset, zone.name, fold];
  for (const other of [fold, 1 - fold] as (0 | 1)[]) {
    if (zone.namedOffsetAt(localMs, other) === offset) return [text, offset, zone.name, other];
  }
  return [text, offset, null, fold];
}
