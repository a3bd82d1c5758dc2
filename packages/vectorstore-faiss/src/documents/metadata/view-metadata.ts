import { byteCodec } from "../../io/byte-codec.js";
import { decodeMetadata, type Entry, type Json } from "./decode-metadata.js";
import type { PythonKind, PythonPayloads } from "./python-value.js";

/**
 * Decodes stored metadata to JavaScript's types, a fresh object at every call:
 * whole numbers beyond ±2^53 as bigint, datetimes with an offset as Date (microseconds cut), Python's sets as Set, bytes
 * as Uint8Array, dicts with other keys than strings as Map, tuples as arrays, timedeltas as seconds; datetimes without
 * an offset, dates, times, decimals, uuids and paths as strings.
 */
export function viewMetadata(json: string, typed: boolean): Record<string, unknown> {
  const view = decodeMetadata(json, typed, viewTyped);
  // The metadata itself is a Map, or a dict with keys that are not strings.
  if (view instanceof Map) return Object.fromEntries(Array.from(view, ([key, item]) => [String(key), item]));
  return view as Record<string, unknown>;
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
    case "timedelta":
      return totalSeconds(payload as PythonPayloads["timedelta"]);
    case "path":
      return (payload as PythonPayloads["path"])[1];
    default:
      return payload;
  }
}

/** A datetime with an offset is a Date; one without an offset stays a text, since its moment is unknown. */
function viewDateTime([text, offset]: PythonPayloads["datetime"]): Date | string {
  if (offset === null) return text;
  return new Date(Date.parse(`${text.slice(0, 23)}Z`) - offset * 1000);
}

/** Python's `total_seconds`: rounded once, if the microseconds can be counted exactly. */
function totalSeconds([days, seconds, microseconds]: PythonPayloads["timedelta"]): number {
  const whole = days * 86_400 + seconds;
  const total = whole * 1e6 + microseconds;
  return Number.isSafeInteger(total) ? total / 1e6 : whole + microseconds / 1e6;
}
