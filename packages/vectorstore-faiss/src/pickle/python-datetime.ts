import { type DateTimeParts, PythonValue } from "../docstore/python-value.js";
import { PythonDataError } from "./python-objects.js";

/** A fixed offset from UTC, or a zone of the IANA database whose offset depends on the day. */
export class TimeZone {
  constructor(
    /** Seconds, positive east of Greenwich; `null` for a named zone. */
    readonly offset: number | null,
    readonly name: string | null,
  ) {}

  static named(name: unknown): TimeZone {
    if (typeof name !== "string" || !/^[\w+/-]{1,64}$/.test(name))
      throw new PythonDataError("it has a time zone without a name");
    return new TimeZone(null, name);
  }

  /** The offset in seconds that a wall clock in this zone has at `localMs` (as if it were UTC). */
  offsetAt(localMs: number, fold: 0 | 1): number {
    if (this.offset !== null) return this.offset;
    // Wall clocks are ambiguous for an hour in autumn; the offsets a day before and after are the two candidates.
    const before = zoneOffset(this.name!, localMs - 86_400_000);
    const after = zoneOffset(this.name!, localMs + 86_400_000);
    const fits = [before, after].filter(
      (offset) => zoneOffset(this.name!, localMs - offset * 1000) === offset,
    );
    // Both fit: `fold` says which. None fits: the clock skipped this time, Python keeps the offset before (fold 0).
    if (fits.length === 1) return fits[0]!;
    return fold === 0 ? before : after;
  }
}

/** Seconds of a timedelta. */
export function offsetOf(delta: unknown): number {
  if (!(delta instanceof PythonValue) || !delta.is("timedelta")) {
    throw new PythonDataError("it has a time zone without an offset");
  }
  const [days, seconds, microseconds] = delta.payload;
  return days * 86_400 + seconds + microseconds / 1e6;
}

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

/** Python's 6 bytes of a time as `23:59:59.000001`, with its offset when it has one. */
export function timeText(state: Uint8Array, zone?: unknown): string {
  if (state.length !== 6) throw new PythonDataError("it has a time of another length than 6 bytes");
  if (zone === undefined || zone === null) return clockText(state);
  if (!(zone instanceof TimeZone) || zone.offset === null) {
    throw new PythonDataError("it has a time of day in a zone without a fixed offset");
  }
  return clockText(state) + offsetText(zone.offset);
}

/** Python's 10 bytes of a datetime. */
export function dateTimeParts(state: Uint8Array, zone?: unknown): DateTimeParts {
  if (state.length !== 10) throw new PythonDataError("it has a datetime of another length than 10 bytes");
  const text = `${dateText(state)}T${clockText(state.subarray(4))}`;
  const fold = state[2]! >= 0x80 ? 1 : 0;
  if (zone === undefined || zone === null) return [text, null, null, fold];
  if (!(zone instanceof TimeZone)) throw new PythonDataError("it has a datetime with an unknown time zone");
  return [text, zone.offsetAt(Date.parse(`${text.slice(0, 23)}Z`), fold), zone.name, fold];
}

function clockText(state: Uint8Array): string {
  const hours = state[0]! & 0x7f;
  const microseconds = state[3]! * 65_536 + state[4]! * 256 + state[5]!;
  if (hours > 23 || state[1]! > 59 || state[2]! > 59 || microseconds > 999_999) {
    throw new PythonDataError("it has a time that is none");
  }
  const fraction = microseconds === 0 ? "" : `.${pad(microseconds, 6)}`;
  return `${pad(hours)}:${pad(state[1]!)}:${pad(state[2]!)}${fraction}`;
}

/** `+05:30`, with seconds when there are any. */
function offsetText(offset: number): string {
  const seconds = Math.abs(Math.trunc(offset));
  const tail = seconds % 60 === 0 ? "" : `:${pad(seconds % 60)}`;
  return `${offset < 0 ? "-" : "+"}${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}${tail}`;
}

/** Offset of a zone at a moment, in seconds. @throws PythonDataError for zones that this platform does not know */
function zoneOffset(zone: string, utcMs: number): number {
  let parts: Intl.DateTimeFormatPart[];
  try {
    parts = zoneFormat(zone).formatToParts(utcMs);
  } catch {
    throw new PythonDataError(`it has the unknown time zone ${zone}`);
  }
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  const wall = new Date(0);
  wall.setUTCFullYear(part.year!, part.month! - 1, part.day!);
  wall.setUTCHours(part.hour!, part.minute!, part.second!);
  return Math.round((wall.getTime() - Math.floor(utcMs / 1000) * 1000) / 1000);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(timeZone, format);
  return format;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, "0");
}
