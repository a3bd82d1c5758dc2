import { TYPE_KEY } from "./encode-metadata.js";
import { setOwn } from "./set-own.js";

/** A value as JSON.parse returns it. */
export type Json = unknown;

/** A key and its value. */
export type Entry = readonly [Json, Json];

/** Decodes the payload of a typed value; `inner` decodes the values inside the payload. */
export type ReadTyped = (kind: string, payload: Json, inner: (value: Json) => unknown) => unknown;

/** Decodes stored metadata to a fresh object; `readTyped` decodes typed values. */
export function decodeMetadata(json: string, typed: boolean, readTyped: ReadTyped): unknown {
  if (json === "") return {};
  const value: Json = JSON.parse(json);
  return typed ? walk(value, readTyped) : value;
}

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
