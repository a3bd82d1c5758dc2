/**
 * The value of a key, or of a dotted path if there is no such key. A key with `undefined` counts as missing, as it would
 * be after a store is saved as JSON and loaded.
 * @param path the key's parts
 */
export function valueAt(metadata: unknown, key: string, path: readonly string[]): unknown {
  const direct = child(metadata, key);
  if (direct !== undefined || path.length === 1) return direct;
  let value = metadata;
  for (const part of path) {
    value = child(value, part);
    if (value === undefined) break;
  }
  return value;
}

function child(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  if (value instanceof Map) return value.get(key);
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}
