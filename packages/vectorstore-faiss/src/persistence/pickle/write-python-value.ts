import { type PythonKind, type PythonPayloads, PythonValue } from "../../documents/metadata/python-value.js";
import { MetadataError } from "../../errors/metadata-error.js";
import { OP } from "./op.js";
import type { PickleWriter } from "./pickle-writer.js";

/**
 * Writes metadata with Python's types: whole numbers as int, others as float, objects as dict, arrays as list, and
 * every `PythonValue` as its type.
 * @throws MetadataError for what Python's sets and dict keys cannot hold
 */
export function writePythonValue(out: PickleWriter, value: unknown): void {
  if (value === null) out.op(OP.NONE);
  else if (typeof value === "boolean") out.op(value ? OP.NEWTRUE : OP.NEWFALSE);
  else if (typeof value === "string") out.text(value);
  else if (typeof value === "number") Number.isSafeInteger(value) ? out.integer(value) : out.float(value);
  else if (value instanceof PythonValue) writeTyped(out, value);
  else if (Array.isArray(value)) writeItems(out, OP.EMPTY_LIST, OP.APPENDS, value);
  else writeDict(out, Object.entries(value as object));
}

type Writers = { readonly [Kind in PythonKind]: (out: PickleWriter, payload: PythonPayloads[Kind]) => void };

const WRITERS: Writers = {
  int: (out, value) => out.integer(value),
  float: (out, value) => out.float(value),
  complex: (out, text) => call(out, "builtins", "complex", () => out.text(text)),
  tuple: writeTuple,
  set: (out, items) => writeItems(out, OP.EMPTY_SET, OP.ADDITEMS, items.map(hashable)),
  frozenset: (out, items) => {
    out.op(OP.MARK);
    for (const item of items) writePythonValue(out, hashable(item));
    out.op(OP.FROZENSET);
  },
  bytes: (out, bytes) => out.bytes(bytes),
  bytearray: (out, bytes) => call(out, "builtins", "bytearray", () => out.bytes(bytes)),
  datetime: (out, [text, offset, zone, fold]) => {
    const state = [...dateBytes(text), ...clockBytes(text.slice(11))];
    if (fold === 1) state[2]! |= 0x80;
    call(out, "datetime", "datetime", () => {
      out.bytes(Uint8Array.from(state));
      if (zone !== null) writeZone(out, zone);
      else if (offset !== null) writeOffset(out, offset);
    });
  },
  date: (out, text) => call(out, "datetime", "date", () => out.bytes(Uint8Array.from(dateBytes(text)))),
  time: (out, text) =>
    call(out, "datetime", "time", () => {
      out.bytes(Uint8Array.from(clockBytes(text)));
      const offset = /([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(text);
      if (offset === null) return;
      const [, sign, hours, minutes, seconds = "0"] = offset;
      writeOffset(
        out,
        (sign === "-" ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)),
      );
    }),
  timedelta: writeTimedelta,
  decimal: (out, text) => call(out, "decimal", "Decimal", () => out.text(text)),
  fraction: (out, text) => call(out, "fractions", "Fraction", () => out.text(text)),
  uuid: (out, text) => {
    out.global("uuid", "UUID");
    out.op(OP.EMPTY_TUPLE, OP.NEWOBJ, OP.EMPTY_DICT);
    out.sharedText("int");
    out.integer(BigInt(`0x${text.replaceAll("-", "")}`));
    out.op(OP.SETITEM, OP.BUILD);
  },
  path: (out, [className, path]) => call(out, "pathlib", className, () => out.text(path)),
  dict: (out, entries) =>
    writeDict(
      out,
      entries.map(([key, value]) => [hashable(key), value]),
    ),
};

function writeTyped<Kind extends PythonKind>(out: PickleWriter, value: PythonValue<Kind>): void {
  WRITERS[value.kind](out, value.payload);
}

function writeItems(out: PickleWriter, empty: number, add: number, items: readonly unknown[]): void {
  out.op(empty);
  if (items.length === 0) return;
  out.op(OP.MARK);
  for (const item of items) writePythonValue(out, item);
  out.op(add);
}

function writeDict(out: PickleWriter, entries: readonly (readonly [unknown, unknown])[]): void {
  out.op(OP.EMPTY_DICT);
  if (entries.length === 0) return;
  out.op(OP.MARK);
  for (const [key, value] of entries) {
    if (typeof key === "string") out.sharedText(key);
    else writePythonValue(out, key);
    writePythonValue(out, value);
  }
  out.op(OP.SETITEMS);
}

function writeTuple(out: PickleWriter, items: readonly unknown[]): void {
  out.op(OP.MARK);
  for (const item of items) writePythonValue(out, item);
  out.op(OP.TUPLE);
}

/** Writes the call `module.name(…)`; `writeArguments` writes the arguments. */
function call(out: PickleWriter, module: string, name: string, writeArguments: () => void): void {
  out.global(module, name);
  out.op(OP.MARK);
  writeArguments();
  out.op(OP.TUPLE, OP.REDUCE);
}

function writeTimedelta(out: PickleWriter, parts: PythonPayloads["timedelta"]): void {
  call(out, "datetime", "timedelta", () => {
    for (const part of parts) out.integer(part);
  });
}

function writeOffset(out: PickleWriter, offset: number): void {
  const days = Math.floor(offset / 86_400);
  const seconds = Math.floor(offset - days * 86_400);
  const microseconds = Math.round((offset - days * 86_400 - seconds) * 1e6);
  call(out, "datetime", "timezone", () => writeTimedelta(out, [days, seconds, microseconds]));
}

function writeZone(out: PickleWriter, zone: string): void {
  // As ZoneInfo pickles itself; True stands for Python's cached zone.
  call(out, "zoneinfo", "ZoneInfo._unpickle", () => {
    out.text(zone);
    out.op(OP.NEWTRUE);
  });
}

/** A value as an item of a set or a key of a dict, which must be immutable in Python: arrays become tuples. */
function hashable(value: unknown): unknown {
  if (Array.isArray(value)) return new PythonValue("tuple", value.map(hashable));
  if (typeof value !== "object" || value === null) return value;
  const frozen =
    value instanceof PythonValue && !value.is("set") && !value.is("dict") && !value.is("bytearray");
  if (frozen) return value.is("tuple") ? new PythonValue("tuple", value.payload.map(hashable)) : value;
  throw new MetadataError("metadata", "Python's sets and keys can hold no objects, maps or sets.");
}

/** The 4 bytes by which Python pickles the date `2024-01-31…`. */
function dateBytes(text: string): number[] {
  const year = Number(text.slice(0, 4));
  return [year >> 8, year & 0xff, Number(text.slice(5, 7)), Number(text.slice(8, 10))];
}

/** The 6 bytes by which Python pickles the time `23:59:59.000001…`. */
function clockBytes(text: string): number[] {
  const fraction = /^\.(\d{1,6})/.exec(text.slice(8))?.[1] ?? "";
  const microseconds = Number(fraction.padEnd(6, "0"));
  return [
    Number(text.slice(0, 2)),
    Number(text.slice(3, 5)),
    Number(text.slice(6, 8)),
    microseconds >> 16,
    (microseconds >> 8) & 0xff,
    microseconds & 0xff,
  ];
}
