import { nearestName } from "@secondpass/core";
import type { Option } from "../contract/option.js";
import { UsageError } from "../errors/usage-error.js";

/**
 * Reads and checks the values of an option.
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
      return readNumber(text, where, option);
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
  throw new UsageError(`Expected ${where} to be an integer${rangeInWords(min, max)}, got "${text}".`);
}

function readNumber(
  text: string,
  where: string,
  { min, max }: { readonly min?: number; readonly max?: number },
): number {
  const value = Number(text);
  const isInRange = value >= (min ?? value) && value <= (max ?? value);
  if (/\d/.test(text) && Number.isFinite(value) && isInRange) return value;
  throw new UsageError(`Expected ${where} to be a number${rangeInWords(min, max)}, got "${text}".`);
}

function rangeInWords(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` of at least ${min}`;
  return max === undefined ? "" : ` of at most ${max}`;
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
