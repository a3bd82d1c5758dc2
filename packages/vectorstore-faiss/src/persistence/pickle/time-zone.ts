import { PythonValue } from "../../documents/metadata/python-value.js";
import { PythonDataError } from "./python-data-error.js";

/** A fixed offset from UTC, or a zone of the IANA database whose offset depends on the day. */
export class TimeZone {
  constructor(
    /** Seconds, positive east of Greenwich; `null` for a named zone. */
    readonly offset: number | null,
    readonly name: string | null,
  ) {}

  /** `timezone(delta)`. */
  static fixed(delta: unknown): TimeZone {
    if (!(delta instanceof PythonValue) || !delta.is("timedelta")) {
      throw new PythonDataError("it has a time zone without an offset");
    }
    const [days, seconds, microseconds] = delta.payload;
    return new TimeZone(days * 86_400 + seconds + microseconds / 1e6, null);
  }

  /** `ZoneInfo(name)`. */
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
