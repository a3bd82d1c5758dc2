import type { MetadataFilter } from "@secondpass/core";

/** Maximum parts of a filter that is cached; the text of a larger one takes longer than the cache saves. */
const MAX_PARTS = 1 << 18;

/**
 * The key of a filter in the cache: a text that is equal only for filters with the same content.
 * @returns undefined if a filter has a value without such a text, or too many parts
 */
export function filterKey(filter: MetadataFilter): string | undefined {
  try {
    return textOf(filter);
  } catch {
    // A getter threw; compiling the filter reports it.
    return undefined;
  }
}

function textOf(filter: unknown): string | undefined {
  const key: string[] = [];
  /** A stack of the parts to write. Text of the key itself is a `Literal`. */
  const open: unknown[] = [filter];
  while (open.length > 0) {
    if (key.length > MAX_PARTS) return undefined;
    const value = open.pop();
    if (value instanceof Literal) key.push(value.text);
    else if (Array.isArray(value)) {
      key.push("[");
      open.push(END_OF_ARRAY);
      for (let i = value.length - 1; i >= 0; i--) open.push(value[i]);
    } else if (isPlain(value)) {
      key.push("{");
      open.push(END_OF_OBJECT);
      for (const [name, part] of Object.entries(value)) open.push(part, name);
    } else {
      const text = scalarKey(value);
      if (text === undefined) return undefined;
      key.push(text);
    }
  }
  return key.join();
}

/** Text of the key itself, not of a value. */
class Literal {
  constructor(readonly text: string) {}
}

const END_OF_ARRAY = new Literal("]");
const END_OF_OBJECT = new Literal("}");

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function scalarKey(value: unknown): string | undefined {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  return value instanceof Date ? `date ${value.getTime()}` : undefined;
}
