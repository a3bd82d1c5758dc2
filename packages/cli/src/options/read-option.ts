import { nearestName } from "@secondpass/core";
import type { Option } from "../contract/option.js";
import { UsageError } from "../errors/usage-error.js";

/**
 * Reads the values that an option was given.
 *
 * @param texts at least one; the last one counts, unless the option takes several
 * @param where the flag or variable that they come from
 * @throws {UsageError} if one is invalid
 */
export function readOption(option: Option, texts: readonly string[], where: string): unknown {
  const text = texts[texts.length - 1] as string;
  switch (option.kind) {
    case "list":
      for (const each of texts)
        if (each === "") throw new UsageError(`Expected ${where} ${option.value}, got an empty text.`);
      return texts;
    case "integer":
      return readInteger(text, where, option);
    case "number":
      return readNumber(text, where, option.min);
    case "choice":
      return readChoice(text, where, option.choices);
    case "flag":
      return readFlag(text, where);
    default:
      if (text === "") throw new UsageError(`Expected ${where} ${option.value}, got an empty text.`);
      return text;
  }
}

function readInteger(
  text: string,
  where: string,
  { min, max }: { readonly min: number; readonly max?: number },
): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= min && value <= (max ?? value))
    return value;
  const range = max === undefined ? `of at least ${min}` : `from ${min} to ${max}`;
  throw new UsageError(`Expected ${where} to be an integer ${range}, got "${text}".`);
}

function readNumber(text: string, where: string, min = Number.NEGATIVE_INFINITY): number {
  const value = Number(text);
  if (/\d/.test(text) && Number.isFinite(value) && value >= min) return value;
  const range = min === Number.NEGATIVE_INFINITY ? "" : ` of at least ${min}`;
  throw new UsageError(`Expected ${where} to be a number${range}, got "${text}".`);
}

function readChoice(text: string, where: string, choices: readonly string[]): string {
  if (choices.includes(text)) return text;
  const nearest = nearestName(text, choices);
  const advice = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
  throw new UsageError(`Expected ${where} to be one of ${choices.join(", ")}, got "${text}".${advice}`);
}

function readFlag(text: string, where: string): boolean {
  if (/^(true|1|yes)$/i.test(text)) return true;
  if (/^(false|0|no)$/i.test(text)) return false;
  throw new UsageError(`Expected ${where} to be true or false, got "${text}".`);
}
