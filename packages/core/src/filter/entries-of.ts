/** Entries of an object: its own properties, a map's entries, or a set's items as both key and value. */
export function entriesOf(value: object): Map<unknown, unknown> {
  if (value instanceof Map) return value;
  if (value instanceof Set) return new Map(Array.from(value, (item) => [item, item]));
  return new Map(Object.entries(value));
}
