import type { TokenizerClass } from "./tokenizer-class.js";
import { tokenizerClasses } from "./tokenizer-classes.js";

/**
 * Finds a tokenizer class by its name in transformers, without "Fast".
 * @returns undefined if the class uses tokenizer.json as it is
 */
export function findTokenizerClass(name: string | undefined): TokenizerClass | undefined {
  if (name === undefined) return undefined;
  return tokenizerClasses.find(
    ({ withTypeIds, withoutTypeIds }) => withTypeIds.includes(name) || withoutTypeIds.includes(name),
  );
}
