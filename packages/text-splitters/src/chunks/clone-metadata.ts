/**
 * Makes a deep copy of metadata, so that chunks share nothing: plain objects, arrays, Map, Set, Date, buffers, cycles. Functions and
 * instances of other classes cannot be copied and are shared.
 */
export function cloneMetadata(metadata: Record<string, unknown>): Record<string, unknown> {
  // Most metadata is flat, and every chunk gets a copy.
  return Object.values(metadata).some(isObject) ? cloneObject(metadata, new Map([])) : { ...metadata };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

type Seen = Map<object, unknown>;

function clone(value: unknown, seen: Seen): unknown {
  if (!isObject(value)) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    seen.set(value, copy);
    for (const item of value) copy.push(clone(item, seen));
    return copy;
  }
  if (isPlain(value)) return cloneObject(value as Record<string, unknown>, seen);
  const copy = cloneBuiltIn(value, seen);
  seen.set(value, copy);
  return copy;
}

function cloneObject(value: Record<string, unknown>, seen: Seen): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  seen.set(value, copy);
  for (const key of Object.keys(value)) {
    const item = clone(value[key], seen);
    // Assigning to this one key would change the copy's prototype instead.
    if (key === "__proto__") {
      Object.defineProperty(copy, key, { value: item, enumerable: true, configurable: true, writable: true });
    } else {
      copy[key] = item;
    }
  }
  return copy;
}

/** Whether a value is an object literal, of any realm, or an object without a prototype. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function cloneBuiltIn(value: object, seen: Seen): unknown {
  if (value instanceof Date) return new Date(value);
  if (value instanceof Map) {
    return new Map([...value].map(([key, item]) => [clone(key, seen), clone(item, seen)]));
  }
  if (value instanceof Set) return new Set([...value].map((item) => clone(item, seen)));
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return structuredClone(value);
  return value;
}
