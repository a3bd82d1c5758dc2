import { InvalidOptionError } from "../errors/invalid-option-error.js";

/**
 * Checks that an argument is a text. The empty text is valid.
 * @returns the text
 * @throws {InvalidOptionError} if it is not a string
 */
export function checkText(text: unknown, name: string): string {
  if (typeof text !== "string") throw new InvalidOptionError(name, "a string", text);
  return text;
}
