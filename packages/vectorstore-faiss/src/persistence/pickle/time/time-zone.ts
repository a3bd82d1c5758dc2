import { isTimeZoneName } from "../../../documents/metadata/is-time-zone-name.js";
import { PythonValue } from "../../../documents/metadata/python-value.js";
import { PythonDataError } from "../values/python-data-error.js";
import { type OnMiss, steadyOffset, zoneOffset } from "./zone-offset.js";

const DAY_S = 86_400;
const DAY_MS = DAY_S * 1000;

/** A fixed offset from UTC, or a zone of the IANA database whose offset depends on the day. */
export class TimeZone {
  private constructor(
    /** Seconds, positive east of Greenwich; `null` if they depend on the day. */
    readonly offset: number | null,
    /** Name in the IANA database; `null` if it has none. */
    readonly name: string | null,
    private readonly onMiss: OnMiss,
  ) {}

  /** A zone that is always this many seconds from UTC. @param name the named zone that has this offset at the pickled time */
  static fixed(offset: number, name: string | null = null, onMiss: OnMiss = () => {}): TimeZone {
    // Offsets in Python are shorter than a day.
    if (!(Math.abs(offset) < DAY_S)) throw new PythonDataError("it has a time zone a day or more from UTC");
    return new TimeZone(offset, name, onMiss);
  }

  /** `timezone(delta)`. */
  static ofDelta(delta: unknown): TimeZone {
    if (!(delta instanceof PythonValue) || !delta.is("timedelta")) {
      throw new PythonDataError("it has a time zone without an offset");
    }
    const [days, seconds, microseconds] = delta.payload;
    return TimeZone.fixed(days * DAY_S + seconds + microseconds / 1e6);
  }

  /** `ZoneInfo(name)`. @param onMiss called before the platform computes an offset */
  static named(name: unknown, onMiss: OnMiss): TimeZone {
    if (typeof name !== "string") throw new PythonDataError("it has a time zone without a name");
    if (!isTimeZoneName(name)) throw new PythonDataError(`it has the unknown time zone ${name.slice(0, 64)}`);
    return new TimeZone(null, name, onMiss);
  }

  /** The offset in seconds that a wall clock in this zone has at `localMs` (as if it were UTC). */
  offsetAt(localMs: number, fold: 0 | 1): number {
    return this.offset ?? this.namedOffsetAt(localMs, fold);
  }

  /** As `offsetAt`, by the zone's name. */
  namedOffsetAt(localMs: number, fold: 0 | 1): number {
    const name = this.name!;
    const steady = steadyOffset(name, localMs - DAY_MS, localMs + DAY_MS, this.onMiss);
    if (steady !== undefined) return steady;
    // Wall clocks are ambiguous for an hour in autumn; the offsets a day before and after are the two candidates.
    const before = zoneOffset(name, localMs - DAY_MS, this.onMiss);
    const after = zoneOffset(name, localMs + DAY_MS, this.onMiss);
    const fits = [before, after].filter(
      (offset) => zoneOffset(name, localMs - offset * 1000, this.onMiss) === offset,
    );
    // If both fit, `fold` chooses. If none fits, the clock skipped this time, and Python keeps the offset before (fold 0).
    if (fits.length === 1) return fits[0]!;
    return fold === 0 ? before : after;
  }

  /** This zone at a time when it has the given offset. */
  atOffset(offset: number): TimeZone {
    return new TimeZone(offset, this.name, this.onMiss);
  }

  /** The offset in seconds at a moment, by the zone's name if it has one. */
  offsetAtMoment(utcMs: number): number {
    if (this.name === null) return this.offset!;
    return zoneOffset(this.name, utcMs, this.onMiss);
  }
}
