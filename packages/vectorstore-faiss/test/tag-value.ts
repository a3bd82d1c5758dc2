/** A metadata value in the oracle's form of expected JavaScript values: JSON, with `{"$kind": …}` for other types. */
export function tagValue(value: unknown): unknown {
  if (typeof value === "bigint") return { $bigint: value.toString() };
  if (typeof value === "number") {
    const special = !Number.isFinite(value) || Object.is(value, -0);
    return special ? { $number: Object.is(value, -0) ? "-0" : String(value) } : value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(tagValue);
  if (value instanceof Date) return { $date: value.getTime() };
  if (value instanceof Set) return { $set: [...value].map(tagValue) };
  if (value instanceof Map)
    return { $map: Array.from(value, ([key, item]) => [tagValue(key), tagValue(item)]) };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("hex") };
  return { $object: Object.entries(value).map(([key, item]) => [key, tagValue(item)]) };
}
