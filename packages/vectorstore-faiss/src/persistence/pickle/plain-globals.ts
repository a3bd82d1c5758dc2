import { type PythonKind, type PythonPayloads, PythonValue } from "../../documents/metadata/python-value.js";
import { isPythonPayload } from "../../documents/metadata/typed-json-problem.js";
import { pathText } from "./path-text.js";
import { dateText } from "./time/date-text.js";
import { dateTimeParts } from "./time/date-time-parts.js";
import { timeText } from "./time/time-text.js";
import { complexText } from "./values/complex-text.js";
import { integerText } from "./values/integer-text.js";
import { latin1Bytes } from "./values/latin1-bytes.js";
import type { PickleBudget } from "./values/pickle-budget.js";
import { PythonDataError } from "./values/python-data-error.js";
import { PythonDict } from "./values/python-dict.js";
import { PythonGlobal } from "./values/python-global.js";
import { PythonInstance } from "./values/python-instance.js";
import { PythonSet } from "./values/python-set.js";
import { PythonTuple } from "./values/python-tuple.js";
import { rawBytes } from "./values/raw-bytes.js";

/** Factories of `defaultdict`; they are named, never called. */
const FACTORIES = ["list", "dict", "int", "str", "float", "bool", "tuple"];
const PATH_CLASSES = ["PurePath", "PurePosixPath", "PosixPath", "PureWindowsPath", "WindowsPath"];

/** Python's names for Latin-1, in which each character is a byte. */
const LATIN1_NAMES = ["latin1", "latin-1", "iso-8859-1"];

/** Cost of a path, a decimal or a fraction besides its characters. */
const OBJECT_COST = 32;
/** Cost of a character of a path, which may be a separate name. */
const PATH_COST = 16;
/** Cost of a copied reference to a value: a few bytes, and the time to copy it. */
const REFERENCE_COST = 32;

/**
 * The types of Python's standard library that are plain data, by name.
 * @param budget charged for copies of their arguments, which may be shared
 */
export function plainGlobals(budget: PickleBudget): PythonGlobal[] {
  const object = new PythonGlobal("builtins.object", () => new PythonDict());
  // The base class of dateutil's zones in protocols before 2; it has no data.
  const tzinfo = new PythonGlobal("datetime.tzinfo", () => null);
  const zoneInfoClass = namedOnly("zoneinfo.ZoneInfo");
  const setOf = (kind: "set" | "frozenset") => {
    return new PythonGlobal(`builtins.${kind}`, ([given]) => {
      const set = new PythonSet(kind);
      const items = itemsOf(given);
      budget.charge(items.length * REFERENCE_COST);
      if (items.length > 0) set.add(items);
      return set;
    });
  };
  const bytes = (value: unknown): Uint8Array => rawBytes(value, budget);
  return [
    object,
    tzinfo,
    zoneInfoClass,
    // Protocols before 4 write `ZoneInfo._unpickle` this way; no other attribute is allowed.
    new PythonGlobal("builtins.getattr", ([owner, name], find) => {
      if (owner === zoneInfoClass && name === "_unpickle") return find("zoneinfo", "ZoneInfo._unpickle");
      throw forbiddenCall();
    }),
    new PythonGlobal("copyreg._reconstructor", ([type, base], find) => {
      if (type instanceof PythonGlobal && (base === object || base === tzinfo)) return type.call([], find);
      throw forbiddenCall();
    }),
    setOf("set"),
    setOf("frozenset"),
    // `bytearray(b"…")`, or in old protocols `bytearray("…", "latin-1")`.
    new PythonGlobal("builtins.bytearray", ([content]) => {
      const copied = content === undefined ? new Uint8Array(0) : bytes(content);
      budget.charge(copied.length);
      return new PythonValue("bytearray", Uint8Array.from(copied));
    }),
    new PythonGlobal("builtins.bytes", (args) => {
      if (args.length > 0) throw forbiddenCall();
      return new PythonValue("bytes", new Uint8Array(0));
    }),
    new PythonGlobal("_codecs.encode", ([text, encoding]) => {
      if (!LATIN1_NAMES.includes(encoding as string))
        throw new PythonDataError(
          "it encodes a text with another encoding than Latin-1, which Python uses for bytes",
        );
      return new PythonValue("bytes", latin1Bytes(text, budget));
    }),
    new PythonGlobal("builtins.complex", ([real, imaginary]) => {
      return new PythonValue(
        "complex",
        typeof real === "string"
          ? plainText("complex", real, budget)
          : complexText(numberOf(real), numberOf(imaginary)),
      );
    }),
    new PythonGlobal(
      "collections.OrderedDict",
      noArguments(() => new PythonDict()),
    ),
    new PythonGlobal("collections.defaultdict", () => new PythonDict()),
    new PythonGlobal("collections.Counter", ([counts]) => {
      const dict = new PythonDict();
      if (!(counts instanceof PythonDict))
        throw new PythonDataError("it has a Counter whose counts are not a dict");
      budget.charge((counts.items?.length ?? 0) * REFERENCE_COST);
      if (counts.items !== undefined) dict.items = counts.items.slice();
      return dict;
    }),
    new PythonGlobal("collections.deque", ([items]) => {
      if (items !== undefined && itemsOf(items).length > 0) throw forbiddenCall();
      return [];
    }),
    new PythonGlobal("decimal.Decimal", ([text]) => {
      return new PythonValue("decimal", plainText("decimal", text, budget));
    }),
    new PythonGlobal("fractions.Fraction", ([numerator, denominator]) => {
      const text =
        typeof numerator === "string"
          ? numerator
          : fractionText(wholeText(numerator, budget), wholeText(denominator, budget));
      return new PythonValue("fraction", plainText("fraction", text, budget));
    }),
    new PythonGlobal("uuid.UUID", () => new PythonInstance("uuid.UUID", (state) => uuidOf(state, budget))),
    new PythonGlobal("uuid.SafeUUID", () => null),
    new PythonGlobal("datetime.date", ([state]) => new PythonValue("date", dateText(bytes(state)))),
    new PythonGlobal("datetime.time", ([state, zone]) => {
      return new PythonValue("time", timeText(bytes(state), zone));
    }),
    new PythonGlobal("datetime.datetime", ([state, zone]) => {
      return new PythonValue("datetime", dateTimeParts(bytes(state), zone));
    }),
    new PythonGlobal("datetime.timedelta", ([days = 0, seconds = 0, microseconds = 0]) => {
      const parts = [days, seconds, microseconds];
      if (!isPythonPayload("timedelta", parts)) throw new PythonDataError("it has an invalid timedelta");
      return new PythonValue("timedelta", parts as unknown as PythonPayloads["timedelta"]);
    }),
    ...FACTORIES.map((name) => namedOnly(`builtins.${name}`)),
    ...PATH_CLASSES.map((name) => {
      return new PythonGlobal(`pathlib.${name}`, (given) => {
        const parts = given.map((part) => string(part));
        for (const part of parts) budget.charge(part.length * PATH_COST + OBJECT_COST);
        return new PythonValue("path", [name, pathText(name, parts)]);
      });
    }),
  ];
}

/** A name that a pickle may hold but not call. */
function namedOnly(name: string): PythonGlobal {
  return new PythonGlobal(name, () => {
    throw forbiddenCall();
  });
}

function noArguments(make: () => unknown): PythonGlobal["call"] {
  return (args) => {
    if (args.length > 0) throw forbiddenCall();
    return make();
  };
}

function forbiddenCall(): PythonDataError {
  return new PythonDataError("it calls a class that may be named but not called");
}

function itemsOf(items: unknown): readonly unknown[] {
  if (items === undefined) return [];
  if (Array.isArray(items)) return items;
  if (items instanceof PythonTuple) return items.items;
  throw new PythonDataError("it has a set whose items are not a list");
}

function string(value: unknown): string {
  if (typeof value === "string") return value;
  throw new PythonDataError("it has another value where text is expected");
}

/** A text that Python's class of this kind can read. */
function plainText(kind: PythonKind, value: unknown, budget: PickleBudget): string {
  const text = string(value);
  budget.charge(text.length + OBJECT_COST);
  if (isPythonPayload(kind, text)) return text;
  throw new PythonDataError(`it has an invalid ${kind}`);
}

function numberOf(value: unknown): number {
  if (value instanceof PythonValue && value.is("float")) return value.payload;
  if (typeof value === "number") return value;
  throw new PythonDataError("it has another value where a float is expected");
}

function wholeText(value: unknown, budget: PickleBudget): string {
  if (typeof value === "bigint" || Number.isSafeInteger(value)) return integerText(value as bigint, budget);
  throw new PythonDataError("it has another value where a whole number is expected");
}

function fractionText(numerator: string, denominator: string): string {
  return denominator === "1" ? numerator : `${numerator}/${denominator}`;
}

function uuidOf(state: unknown, budget: PickleBudget): PythonValue {
  const value = state instanceof PythonDict ? state.get("int", budget) : undefined;
  if (typeof value !== "bigint" && !Number.isSafeInteger(value)) {
    throw new PythonDataError("it has a UUID without int");
  }
  const number = BigInt(value as number | bigint);
  if (number < 0n || number >= 1n << 128n) throw new PythonDataError("it has a UUID beyond 128 bits");
  const hex = number.toString(16).padStart(32, "0");
  return new PythonValue("uuid", /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(hex)!.slice(1).join("-"));
}
