/**
 * The value of a key, or of a dotted path if the key is missing. A key whose value is `undefined` counts as missing, because
 * JSON drops it when a store is saved.
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
