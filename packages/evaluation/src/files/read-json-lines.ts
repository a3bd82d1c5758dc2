import { FileFormatError } from "../errors/file-format-error.js";
import { readLines } from "./read-lines.js";

/** An object of a JSON Lines file. */
export interface JsonLine {
  readonly value: Readonly<Record<string, unknown>>;
  /** Number of the line, from 1. */
  readonly number: number;
}

/**
 * The objects of a JSON Lines file, read as they are needed.
 * @throws {FileReadError}
 * @throws {FileFormatError} if a line is not a JSON object
 */
export async function* readJsonLines(
  path: string,
  signal?: AbortSignal,
): AsyncGenerator<JsonLine, void, undefined> {
  for await (const { text, number } of readLines(path, signal)) {
    const value = parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new FileFormatError(path, number, "a JSON object", text);
    }
    yield { value: value as Record<string, unknown>, number };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The text in a field. A number is converted, because ids are often numbers.
 * @param fallback value of a missing field; without it, the field is required
 * @throws {FileFormatError}
 */
export function textField(
  { value, number }: JsonLine,
  field: string,
  path: string,
  fallback?: string,
): string {
  const found = (Object.hasOwn(value, field) ? value[field] : undefined) ?? fallback;
  if (typeof found === "string") return found;
  if (typeof found === "number") return String(found);
  throw new FileFormatError(path, number, `a text in field "${field}"`, found);
}
