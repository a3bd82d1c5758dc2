import type { MetadataFilter } from "@secondpass/core";

/** Parts of a filter that is remembered; the text of more takes longer than it saves. */
const MAX_PARTS = 1 << 18;

/**
 * A text that two filters share only if they say the same.
 * @returns undefined if a filter holds what has no such text, or too much of it
 */
export function filterKey(filter: MetadataFilter): string | undefined {
  try {
    return textOf(filter);
  } catch {
    // A getter threw; compiling the filter says so.
    return undefined;
  }
}

function textOf(filter: unknown): string | undefined {
  const key: string[] = [];
  /** What comes next is last; strings of the key itself are wrapped. */
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

/** Text of the key itself. */
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
