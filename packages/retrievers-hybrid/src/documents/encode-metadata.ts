import { UnsavableValueError } from "../errors/unsavable-value-error.js";

/** The key that marks a typed value in the stored form: `{"@": kind, "v": payload}`. */
export const TYPE_KEY = "@";

/** Deepest nesting of metadata: deeper than real metadata, but not too deep for recursion. */
export const MAX_METADATA_DEPTH = 100;

/**
 * Encodes metadata as JSON values, which `decodeMetadata` decodes: bigint, Date, Map, Set, bytes, undefined, NaN and similar values are
 * marked with their type.
 * @throws {UnsavableValueError} for anything else, cycles, and nesting deeper than {@link MAX_METADATA_DEPTH}
 */
export function encodeMetadata(value: unknown, path = "metadata", depth = 0): unknown {
  if (depth > MAX_METADATA_DEPTH)
    throw new UnsavableValueError(path, "is nested too deeply, or contains itself");
  const inner = (item: unknown, key: unknown) =>
    encodeMetadata(item, `${path}.${typeof key === "object" ? "key" : String(key)}`, depth + 1);
  const pairs = (entries: Iterable<readonly [unknown, unknown]>) =>
    Array.from(entries, ([key, item]) => [inner(key, "key"), inner(item, key)]);
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "undefined":
      return typed("undefined");
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0) ? value : typed("number", numberText(value));
    case "bigint":
      return typed("bigint", String(value));
    case "object":
      break;
    default:
      throw new UnsavableValueError(path, `is a ${typeof value}`);
  }
  if (value === null) return null;
  if (Array.isArray(value)) return Array.from(value, inner);
  // Tags, not instanceof: values may come from another realm (a worker, a vm, jest).
  const tag = Object.prototype.toString.call(value).slice("[object ".length, -1);
  switch (tag) {
    case "Date":
      return typed("date", (value as Date).getTime());
    case "Set":
      return typed("set", Array.from(value as Set<unknown>, inner));
    case "Map":
      return typed("map", pairs(value as Map<unknown, unknown>));
    case "Uint8Array":
      return typed("bytes", Buffer.from(value as Uint8Array).toString("base64"));
    case "Object":
      break;
    default:
      throw new UnsavableValueError(path, `is a ${tag}`);
  }
  const entries = Object.entries(value);
  // An object that happens to have the marker as a key must not be read as a typed value.
  if (Object.hasOwn(value, TYPE_KEY)) return typed("object", pairs(entries));
  return Object.fromEntries(entries.map(([key, item]) => [key, inner(item, key)]));
}

function typed(kind: string, payload?: unknown): unknown {
  return { [TYPE_KEY]: kind, v: payload };
}

/** Writes a number as `String` does, but with the sign of a negative zero. */
function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
