import { InvalidOptionError } from "../errors/invalid-option-error.js";
import { checkText } from "./check-text.js";

/**
 * Checks that an argument is a list of texts.
 * @throws {InvalidOptionError} names the first item that is not a string, such as `texts[2]`
 */
export function checkTexts(texts: unknown, name = "texts"): asserts texts is readonly string[] {
  if (!Array.isArray(texts)) throw new InvalidOptionError(name, "an array of strings", texts);
  for (const [index, text] of texts.entries()) {
    if (typeof text !== "string") checkText(text, `${name}[${index}]`);
  }
}
