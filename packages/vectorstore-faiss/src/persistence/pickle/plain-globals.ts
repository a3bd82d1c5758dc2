import { PythonValue } from "../../documents/metadata/python-value.js";
import { dateText } from "./date-text.js";
import { dateTimeParts } from "./date-time-parts.js";
import { PythonDataError } from "./python-data-error.js";
import { PythonDict } from "./python-dict.js";
import { PythonGlobal } from "./python-global.js";
import { PythonInstance } from "./python-instance.js";
import { PythonSet } from "./python-set.js";
import { PythonTuple } from "./python-tuple.js";
import { timeText } from "./time-text.js";
import { TimeZone } from "./time-zone.js";

/** Factories of `defaultdict`; they are named, never called. */
const FACTORIES = ["list", "dict", "int", "str", "float", "bool", "tuple"];
const PATH_CLASSES = ["PurePath", "PurePosixPath", "PosixPath", "PureWindowsPath", "WindowsPath"];

/** The types of Python's standard library that stand for plain data, by name. */
export function plainGlobals(): PythonGlobal[] {
  const object = new PythonGlobal("builtins.object", () => new PythonDict());
  const zoneInfo = new PythonGlobal("zoneinfo.ZoneInfo._unpickle", ([name]) => TimeZone.named(name));
  const zoneInfoClass = namedOnly("zoneinfo.ZoneInfo");
  return [
    object,
    zoneInfo,
    zoneInfoClass,
    // Protocols before 4 spell `ZoneInfo._unpickle` this way; no other attribute of anything is given out.
    new PythonGlobal("builtins.getattr", ([owner, name]) => {
      if (owner === zoneInfoClass && name === "_unpickle") return zoneInfo;
      throw forbiddenCall();
    }),
    new PythonGlobal("copyreg._reconstructor", ([type, base]) => {
      if (type instanceof PythonGlobal && base === object) return type.call([]);
      throw forbiddenCall();
    }),
    new PythonGlobal("builtins.set", ([items]) => new PythonSet("set", itemsOf(items))),
    new PythonGlobal("builtins.frozenset", ([items]) => new PythonSet("frozenset", itemsOf(items))),
    new PythonGlobal("builtins.bytearray", (args) => new PythonValue("bytearray", bytearrayOf(args))),
    new PythonGlobal("builtins.bytes", () => new PythonValue("bytes", new Uint8Array(0))),
    new PythonGlobal("_codecs.encode", ([text]) => new PythonValue("bytes", latin1(text))),
    new PythonGlobal("collections.OrderedDict", () => new PythonDict()),
    new PythonGlobal("collections.defaultdict", () => new PythonDict()),
    new PythonGlobal("decimal.Decimal", ([text]) => new PythonValue("decimal", string(text))),
    new PythonGlobal("uuid.UUID", () => new PythonInstance("uuid.UUID", uuidOf)),
    new PythonGlobal("uuid.SafeUUID", () => null),
    new PythonGlobal("datetime.date", ([state]) => new PythonValue("date", dateText(rawBytes(state)))),
    new PythonGlobal("datetime.time", ([state, zone]) => {
      return new PythonValue("time", timeText(rawBytes(state), zone));
    }),
    new PythonGlobal("datetime.datetime", ([state, zone]) => {
      return new PythonValue("datetime", dateTimeParts(rawBytes(state), zone));
    }),
    new PythonGlobal("datetime.timedelta", (args) => {
      const [days, seconds, microseconds] = args.map(integer);
      return new PythonValue("timedelta", [days ?? 0, seconds ?? 0, microseconds ?? 0]);
    }),
    new PythonGlobal("datetime.timezone", ([delta]) => TimeZone.fixed(delta)),
    ...FACTORIES.map((name) => namedOnly(`builtins.${name}`)),
    ...PATH_CLASSES.map((name) => {
      return new PythonGlobal(
        `pathlib.${name}`,
        (parts) => new PythonValue("path", [name, joinPath(name, parts)]),
      );
    }),
  ];
}

/** A name that a pickle may hold but not call. */
function namedOnly(name: string): PythonGlobal {
  return new PythonGlobal(name, () => {
    throw forbiddenCall();
  });
}

function forbiddenCall(): PythonDataError {
  return new PythonDataError("it calls something that only may be named");
}

function itemsOf(items: unknown): unknown[] {
  if (items === undefined) return [];
  if (Array.isArray(items)) return items;
  if (items instanceof PythonTuple) return [...items.items];
  throw new PythonDataError("it has a set of something that is no list");
}

/** `bytearray(b"…")`, or in old protocols `bytearray("…", "latin-1")`. */
function bytearrayOf([content]: readonly unknown[]): Uint8Array {
  if (content === undefined) return new Uint8Array(0);
  return typeof content === "string" ? latin1(content) : rawBytes(content);
}

/** Protocols before 3 have no bytes: they come as text, each character a byte. */
function latin1(text: unknown): Uint8Array {
  return Uint8Array.from(string(text), (character) => character.charCodeAt(0));
}

/** The bytes of a bytes object. */
export function rawBytes(value: unknown): Uint8Array {
  if (value instanceof PythonValue && value.is("bytes")) return value.payload;
  if (typeof value === "string") return latin1(value);
  throw new PythonDataError("it has something else where bytes belong");
}

function string(value: unknown): string {
  if (typeof value === "string") return value;
  throw new PythonDataError("it has something else where text belongs");
}

function integer(value: unknown): number {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw new PythonDataError("it has something else where a whole number belongs");
}

function uuidOf(state: unknown): PythonValue {
  const value = state instanceof PythonDict ? state.get("int") : undefined;
  if (typeof value !== "bigint" && typeof value !== "number")
    throw new PythonDataError("it has a UUID without int");
  const hex = BigInt(value).toString(16).padStart(32, "0");
  const match = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(hex);
  if (match === null) throw new PythonDataError("it has a UUID beyond 128 bits");
  return new PythonValue("uuid", match.slice(1).join("-"));
}

function joinPath(className: string, parts: readonly unknown[]): string {
  const separator = className.includes("Windows") ? "\\" : "/";
  const [first = "", ...rest] = parts.map(string);
  if (rest.length === 0) return first === "" ? "." : first;
  return first.endsWith(separator) ? first + rest.join(separator) : [first, ...rest].join(separator);
}
