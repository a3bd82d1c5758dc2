import { checkObject } from "@secondpass/core";

/** Values by a text key, as a Map or as a plain object. */
export type Keyed<Value> = ReadonlyMap<string, Value> | Readonly<Record<string, Value>>;

/**
 * The keys and values, in their order.
 * @param name name of the value, for errors
 * @throws {InvalidOptionError} if it is neither a Map nor an object
 */
export function entriesOf<Value>(keyed: Keyed<Value>, name: string): Iterable<[string, Value]> {
  checkObject(name, keyed, "a Map or an object, by id");
  return isMap(keyed) ? keyed.entries() : Object.entries(keyed);
}

/**
 * The same as a Map; a Map is returned as it is.
 * @throws {InvalidOptionError} if it is neither a Map nor an object
 */
export function asMap<Value>(keyed: Keyed<Value>, name: string): ReadonlyMap<string, Value> {
  checkObject(name, keyed, "a Map or an object, by id");
  return isMap(keyed) ? keyed : new Map(Object.entries(keyed));
}

/** Whether a value is a Map. Not by `instanceof`, since a Map may come from another realm. */
function isMap<Value>(keyed: Keyed<Value>): keyed is ReadonlyMap<string, Value> {
  return typeof (keyed as ReadonlyMap<string, Value>)[Symbol.iterator] === "function";
}
