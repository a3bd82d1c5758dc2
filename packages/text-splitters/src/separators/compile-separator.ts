import { literalOfRegex } from "../python/literal-of-regex.js";
import { characterSeparator } from "./character-separator.js";
import { literalSeparator } from "./literal-separator.js";
import { regexSeparator } from "./regex-separator.js";
import type { Separator } from "./separator.js";

/**
 * Compiles a separator from the caller's text or pattern.
 *
 * @throws {InvalidRegexError} if it should be a pattern but is invalid
 */
export function compileSeparator(raw: string, isRegex: boolean): Separator {
  if (raw === "") return characterSeparator;
  const literal = isRegex ? literalOfRegex(raw) : raw;
  if (literal === undefined) return regexSeparator(raw);
  // Half a surrogate pair must not match inside a whole one. Expressions ensure this.
  if (beginsOrEndsInsidePair(literal)) return { ...regexSeparator(escapeForPython(literal)), raw };
  return literalSeparator(literal, raw);
}

function beginsOrEndsInsidePair(text: string): boolean {
  return /^[\udc00-\udfff]|[\ud800-\udbff]$/.test(text);
}

/** Escapes a text as Python's `re.escape` does, for the characters that matter. */
function escapeForPython(text: string): string {
  return text.replace(/[.^$*+?{}()[\]\\|/#\s-]/g, "\\$&");
}
