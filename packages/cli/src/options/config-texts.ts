import type { Option } from "../contract/option.js";
import { UsageError } from "../errors/usage-error.js";

/**
 * Converts the value of an option in a config file into the texts that its flag would take.
 *
 * @throws {UsageError} if its type is wrong
 */
export function configTexts(option: Option, value: unknown, where: string): readonly string[] {
  switch (option.kind) {
    case "list": {
      const values = Array.isArray(value) ? value : [value];
      if (values.every((each) => typeof each === "string")) return values;
      throw expected(where, "a text or a list of texts", value);
    }
    case "flag":
      if (typeof value === "boolean") return [String(value)];
      throw expected(where, "true or false", value);
    case "integer":
    case "number":
      if (typeof value === "number") return [String(value)];
      throw expected(where, "a number", value);
    default:
      if (typeof value === "string") return [value];
      throw expected(where, "a text", value);
  }
}

function expected(where: string, what: string, value: unknown): UsageError {
  return new UsageError(`Expected ${where} to be ${what}, got ${JSON.stringify(value)}.`);
}
