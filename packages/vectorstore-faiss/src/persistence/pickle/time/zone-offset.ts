import { PythonDataError } from "../values/python-data-error.js";

const DAY_MS = 86_400_000;

/** Maximum number of cached offsets of all zones; each is a few bytes. */
const MAX_DAYS = 100_000;

/** A zone of the IANA database. There are about 600, so all of them may be kept. */
interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** Offset at the beginning of each UTC day, by the day's number. */
  readonly atDay: Map<number, number>;
}

const zones = new Map<string, Zone>();
let days = 0;

/**
 * The offset of a zone, if it does not change between two moments a few days apart.
 * @returns the offset in seconds; `undefined` if clocks change in between
 */
export function steadyOffset(zone: string, fromMs: number, toMs: number, onMiss: OnMiss): number | undefined {
  const known = zones.get(zone) ?? open(zone, onMiss);
  const offset = offsetAtDay(known, Math.floor(fromMs / DAY_MS), onMiss);
  // Clocks change at most once in a few days.
  return offsetAtDay(known, Math.floor(toMs / DAY_MS) + 1, onMiss) === offset ? offset : undefined;
}

/** Called before the platform computes an offset, with the microseconds that this takes. */
export type OnMiss = (microseconds: number) => void;

/**
 * The offset of a zone at a moment, in seconds.
 * @param zone a name of the IANA database
 * @throws PythonDataError for zones that this platform does not know
 */
export function zoneOffset(zone: string, utcMs: number, onMiss: OnMiss): number {
  const steady = steadyOffset(zone, utcMs, utcMs, onMiss);
  return steady ?? offsetAt(zones.get(zone)!.format, utcMs, onMiss);
}

function open(zone: string, onMiss: OnMiss): Zone {
  onMiss(OPEN_US);
  try {
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    const known = { format, atDay: new Map<number, number>() };
    zones.set(zone, known);
    return known;
  } catch {
    throw new PythonDataError(`it has the time zone ${zone}, which this platform does not know`);
  }
}

/** Time to open a zone, and to compute an offset. */
const OPEN_US = 300;
const ASK_US = 6;

function offsetAtDay({ format, atDay }: Zone, day: number, onMiss: OnMiss): number {
  const known = atDay.get(day);
  if (known !== undefined) return known;
  if (days >= MAX_DAYS) {
    for (const zone of zones.values()) zone.atDay.clear();
    days = 0;
  }
  const offset = offsetAt(format, day * DAY_MS, onMiss);
  atDay.set(day, offset);
  days++;
  return offset;
}

function offsetAt(format: Intl.DateTimeFormat, utcMs: number, onMiss: OnMiss): number {
  onMiss(ASK_US);
  const part = Object.fromEntries(format.formatToParts(utcMs).map(({ type, value }) => [type, value]));
  const wall = new Date(0);
  const year = part.era === "BC" ? 1 - Number(part.year) : Number(part.year);
  wall.setUTCFullYear(year, Number(part.month) - 1, Number(part.day));
  wall.setUTCHours(Number(part.hour), Number(part.minute), Number(part.second));
  return Math.round((wall.getTime() - Math.floor(utcMs / 1000) * 1000) / 1000);
}
