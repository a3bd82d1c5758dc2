import { isTimeZoneName } from "../../../documents/metadata/is-time-zone-name.js";
import type { PickleBudget } from "../values/pickle-budget.js";
import { PythonDataError } from "../values/python-data-error.js";
import { PythonDict } from "../values/python-dict.js";
import { PythonGlobal } from "../values/python-global.js";
import { PythonInstance } from "../values/python-instance.js";
import { TimeZone } from "./time-zone.js";
import type { OnMiss } from "./zone-offset.js";

/** Cost of a microsecond of the platform's work on time zones. The same days repeat in a store, and each is looked up once. */
const MICROSECOND_COST = 150;

/** Matches the path of a zone's file: `/usr/share/zoneinfo/Europe/Berlin`. */
const ZONE_FILE = /zoneinfo\/(?:posix\/|right\/)?([\w+/-]+)$/;

/** The time zones of Python's standard library, pytz and dateutil. */
export function timeZoneGlobals(budget: PickleBudget): PythonGlobal[] {
  const onMiss: OnMiss = (microseconds) => budget.charge(microseconds * MICROSECOND_COST);
  const named = (name: unknown): TimeZone => TimeZone.named(name, onMiss);
  const utc = (name: string): PythonGlobal => new PythonGlobal(name, () => TimeZone.fixed(0));
  const file = (path: unknown): TimeZone => {
    const name = typeof path === "string" ? ZONE_FILE.exec(path.slice(-100))?.[1] : undefined;
    if (name !== undefined && isTimeZoneName(name)) return named(name);
    throw new PythonDataError("it has a time zone of dateutil that has no name of the IANA database");
  };
  return [
    new PythonGlobal("datetime.timezone", ([delta]) => TimeZone.ofDelta(delta)),
    new PythonGlobal("zoneinfo.ZoneInfo._unpickle", ([name]) => named(name)),
    utc("pytz._UTC"),
    // A zone, and its offset at the pickled time; zones without clock changes have no offset here.
    new PythonGlobal("pytz._p", ([name, offset]) => {
      const zone = named(name);
      if (offset === undefined) return zone;
      return TimeZone.fixed(seconds(offset), zone.name, onMiss);
    }),
    new PythonGlobal("pytz.FixedOffset", ([minutes]) => TimeZone.fixed(seconds(minutes) * 60)),
    utc("dateutil.tz.tz.tzutc"),
    new PythonGlobal("dateutil.tz.tz.tzoffset", (args) => {
      if (args.length > 0) return TimeZone.ofDelta(args[1]);
      return stateful("tzoffset", budget, (state) => TimeZone.ofDelta(state.get("_offset", budget)));
    }),
    new PythonGlobal("dateutil.tz.tz.tzlocal", () =>
      stateful("tzlocal", budget, (state) => {
        if (state.get("_hasdst", budget) === false) return TimeZone.ofDelta(state.get("_std_offset", budget));
        throw new PythonDataError(
          "it has a time of dateutil's tzlocal, whose moment depends on the computer that reads it",
        );
      }),
    ),
    // dateutil 2: the path, and then a state with the content of the file.
    new PythonGlobal("dateutil.tz.tz.tzfile", ([, path]) => {
      const instance = stateful("tzfile", budget, () => file(path));
      instance.value = file(path);
      return instance;
    }),
    // A class in that state of dateutil 2.
    new PythonGlobal("dateutil.tz.tz._ttinfo", () => new PythonInstance("_ttinfo", () => undefined)),
    // dateutil 4: the zone's name or path, and the content of its file.
    new PythonGlobal("dateutil.tz._tzfile._unpickle", ([, name, path]) => {
      return typeof name === "string" && isTimeZoneName(name) ? named(name) : file(path);
    }),
    new PythonGlobal("dateutil.tz._tzfile.tzfile", () => {
      throw new PythonDataError("it calls a class that may be named but not called");
    }),
  ];
}

function stateful(className: string, budget: PickleBudget, read: (state: PythonDict) => TimeZone) {
  return new PythonInstance(className, (state) => {
    budget.charge(1);
    if (state instanceof PythonDict) return read(state);
    throw new PythonDataError("it has a time zone whose state is not a dict");
  });
}

function seconds(value: unknown): number {
  if (typeof value === "number") return value;
  throw new PythonDataError("it has a time zone whose offset is not a number");
}
