import { InvalidOptionError } from "@secondpass/core";
import { FileFormatError } from "../errors/file-format-error.js";
import type { Line } from "./read-lines.js";

/**
 * The fields of a line, which are separated by spaces or tabs.
 * @throws {FileFormatError} if there are more or fewer than `names`
 */
export function trecFields({ text, number }: Line, names: readonly string[], path: string): string[] {
  const fields = text.trim().split(/[ \t\v\f]+/);
  if (fields.length === names.length) return fields;
  throw new FileFormatError(
    path,
    number,
    `${names.length} fields (${names.join(", ")})`,
    text,
    `There are ${fields.length}.`,
  );
}

/**
 * A text that can be a field.
 * @throws {InvalidOptionError} if it is empty or has white space
 */
export function checkField(name: string, value: unknown): string {
  if (typeof value === "string" && /^\S+$/.test(value)) return value;
  throw new InvalidOptionError(
    name,
    "a text without white space",
    value,
    "TREC files separate fields by white space.",
  );
}
