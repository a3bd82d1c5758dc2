/** Values by a text key, as a Map or as a plain object. */
export type Keyed<Value> = ReadonlyMap<string, Value> | Readonly<Record<string, Value>>;

/** The keys and values, in their order. */
export function entriesOf<Value>(keyed: Keyed<Value>): Iterable<[string, Value]> {
  return isMap(keyed) ? keyed.entries() : Object.entries(keyed);
}

/** The same as a Map; a Map is returned as it is. */
export function asMap<Value>(keyed: Keyed<Value>): ReadonlyMap<string, Value> {
  return isMap(keyed) ? keyed : new Map(Object.entries(keyed));
}

/** Not by `instanceof`: a Map may come from another realm. */
function isMap<Value>(keyed: Keyed<Value>): keyed is ReadonlyMap<string, Value> {
  return typeof (keyed as ReadonlyMap<string, Value>)[Symbol.iterator] === "function";
}
