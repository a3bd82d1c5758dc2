import { byteCodec } from "../io/byte-codec.js";
import { setOwn, TYPE_KEY } from "./encode-metadata.js";
import { type PythonKind, type PythonPayloads, PythonValue } from "./python-value.js";

type Json = unknown;
type Entry = readonly [Json, Json];

/**
 * Stored metadata as JavaScript sees it, a fresh object at every call:
 * whole numbers beyond ±2^53 as bigint, datetimes with an offset as Date (microseconds cut), Python's sets as Set, bytes
 * as Uint8Array, dicts with other keys than strings as Map, tuples as arrays, timedeltas as seconds; datetimes without
 * an offset, dates, times, decimals, uuids and paths as strings.
 */
export function viewMetadata(json: string, typed: boolean): Record<string, unknown> {
  if (json === "") return {};
  const value: Json = JSON.parse(json);
  const view = typed ? walk(value, viewTyped) : value;
  // A dict with other keys than strings, or a Map, as the metadata itself.
  if (view instanceof Map) return Object.fromEntries(Array.from(view, ([key, item]) => [String(key), item]));
  return view as Record<string, unknown>;
}

/** Stored metadata with Python's types: JSON values, plain objects for dicts, and `PythonValue`s. */
export function pythonMetadata(json: string, typed: boolean): unknown {
  if (json === "") return {};
  const value: Json = JSON.parse(json);
  return typed ? walk(value, pythonTyped) : value;
}

type ReadTyped = (kind: string, payload: Json, inner: (value: Json) => unknown) => unknown;

function walk(value: Json, readTyped: ReadTyped): unknown {
  if (typeof value !== "object" || value === null) return value;
  const inner = (item: Json): unknown => walk(item, readTyped);
  if (Array.isArray(value)) return value.map(inner);
  const record = value as Record<string, Json>;
  if (Object.hasOwn(record, TYPE_KEY)) {
    const kind = record[TYPE_KEY] as string;
    if (kind === "object") return toObject(record.v as Entry[], inner);
    return readTyped(kind, record.v, inner);
  }
  return toObject(Object.entries(record), inner);
}

function toObject(entries: readonly Entry[], inner: (value: Json) => unknown): object {
  const object = {};
  for (const [key, item] of entries) setOwn(object, String(key), inner(item));
  return object;
}

function viewTyped(kind: string, payload: Json, inner: (value: Json) => unknown): unknown {
  switch (kind as PythonKind) {
    case "int":
      return BigInt(payload as string);
    case "float":
      return Number(payload);
    case "tuple":
      return (payload as Json[]).map(inner);
    case "set":
    case "frozenset":
      return new Set((payload as Json[]).map(inner));
    case "dict":
      return new Map((payload as Entry[]).map(([key, item]) => [inner(key), inner(item)]));
    case "bytes":
    case "bytearray":
      return byteCodec.decodeBase64(payload as string);
    case "datetime":
      return viewDateTime(payload as PythonPayloads["datetime"]);
    case "timedelta": {
      const [days, seconds, microseconds] = payload as PythonPayloads["timedelta"];
      return days * 86_400 + seconds + microseconds / 1e6;
    }
    case "path":
      return (payload as PythonPayloads["path"])[1];
    default:
      return payload;
  }
}

/** With an offset it is a moment; without, nobody knows which, so the text stays. */
function viewDateTime([text, offset]: PythonPayloads["datetime"]): Date | string {
  if (offset === null) return text;
  return new Date(Date.parse(`${text.slice(0, 23)}Z`) - offset * 1000);
}

function pythonTyped(kind: string, payload: Json, inner: (value: Json) => unknown): unknown {
  switch (kind as PythonKind) {
    case "int":
      return new PythonValue("int", BigInt(payload as string));
    case "float":
      return new PythonValue("float", Number(payload));
    case "tuple":
    case "set":
    case "frozenset":
      return new PythonValue(kind as "tuple", (payload as Json[]).map(inner));
    case "dict":
      return new PythonValue(
        "dict",
        (payload as Entry[]).map(([key, item]) => [inner(key), inner(item)] as const),
      );
    case "bytes":
    case "bytearray":
      return new PythonValue(kind as "bytes", byteCodec.decodeBase64(payload as string));
    default:
      return new PythonValue(kind as "uuid", payload as string);
  }
}
