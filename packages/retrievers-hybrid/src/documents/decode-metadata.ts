import { MAX_METADATA_DEPTH, TYPE_KEY } from "./encode-metadata.js";

/** A value, or undefined if it is not encoded metadata. */
type Decoded = { readonly value: unknown } | undefined;

/** Decodes metadata that `encodeMetadata` encoded. @returns undefined for anything else */
export function decodeMetadata(encoded: unknown): Record<string, unknown> | undefined {
  const decoded = decode(encoded, 0);
  const { value } = decoded ?? {};
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value) && isPlain(value);
  return isRecord ? (value as Record<string, unknown>) : undefined;
}

function decode(encoded: unknown, depth: number): Decoded {
  if (typeof encoded !== "object" || encoded === null) return { value: encoded };
  if (depth > MAX_METADATA_DEPTH) return undefined;
  if (Array.isArray(encoded)) return decodeList(encoded, depth);
  if (Object.hasOwn(encoded, TYPE_KEY)) {
    const { [TYPE_KEY]: kind, v } = encoded as { readonly [TYPE_KEY]: unknown; readonly v?: unknown };
    return decodeTyped(kind, v, depth);
  }
  return decodeEntries(Object.entries(encoded), depth);
}

function decodeList(list: readonly unknown[], depth: number): { readonly value: unknown[] } | undefined {
  const value: unknown[] = [];
  for (const item of list) {
    const decoded = decode(item, depth + 1);
    if (decoded === undefined) return undefined;
    value.push(decoded.value);
  }
  return { value };
}

function decodeEntries(entries: readonly (readonly [unknown, unknown])[], depth: number): Decoded {
  const values = decodeList(
    entries.map(([, item]) => item),
    depth,
  );
  if (values === undefined) return undefined;
  // Object.fromEntries also keeps the key `__proto__`.
  return { value: Object.fromEntries(entries.map(([key], i) => [String(key), values.value[i]])) };
}

function decodeTyped(kind: unknown, payload: unknown, depth: number): Decoded {
  switch (kind) {
    case "undefined":
      return { value: undefined };
    case "number":
      return { value: Number(payload) };
    case "bigint":
      return typeof payload === "string" && /^-?\d{1,10000}$/.test(payload)
        ? { value: BigInt(payload) }
        : undefined;
    case "date":
      return { value: new Date(typeof payload === "number" ? payload : Number.NaN) };
    case "bytes":
      return typeof payload === "string"
        ? { value: Uint8Array.from(Buffer.from(payload, "base64")) }
        : undefined;
    case "set": {
      const items = Array.isArray(payload) ? decodeList(payload, depth) : undefined;
      return items && { value: new Set(items.value) };
    }
    case "map": {
      const pairs = isPairs(payload) ? decodeList(payload.flat(1), depth) : undefined;
      if (pairs === undefined) return undefined;
      return { value: new Map(inPairs(pairs.value)) };
    }
    case "object":
      return isPairs(payload) ? decodeEntries(payload, depth) : undefined;
    default:
      return undefined;
  }
}

function inPairs(items: readonly unknown[]): [unknown, unknown][] {
  return Array.from({ length: items.length / 2 }, (_, i) => [items[2 * i], items[2 * i + 1]]);
}

function isPairs(value: unknown): value is [unknown, unknown][] {
  return Array.isArray(value) && value.every((pair) => Array.isArray(pair) && pair.length === 2);
}

function isPlain(value: object): boolean {
  return Object.prototype.toString.call(value) === "[object Object]";
}
