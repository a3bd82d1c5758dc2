import { CommandError } from "../errors/command-error.js";

const UTF8 = new TextDecoder();

/**
 * Returns the text of a line for the model: all of it, or a field of its JSON.
 *
 * @param index of the line, from 0, for errors
 * @throws {CommandError} if the line is not a JSON object, or has no text in the field
 */
export function lineText(line: Buffer, index: number, field: string | undefined): string {
  const text = UTF8.decode(line).replace(/\r$/, "");
  if (field === undefined) return text;
  const value = fieldOf(text, field);
  if (typeof value === "string") return value;
  const got = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  throw new CommandError(
    `Expected line ${index + 1} to be a JSON object with a text in --field ${field}, got ${got}`,
  );
}

function fieldOf(text: string, field: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, field)) return undefined;
    return (value as Record<string, unknown>)[field];
  } catch {
    return undefined;
  }
}
