import type { TokenizerClass } from "./tokenizer-class.js";
import { tokenizerClasses } from "./tokenizer-classes.js";

/** @returns undefined for a class that goes by tokenizer.json alone */
export function findTokenizerClass(name: string | undefined): TokenizerClass | undefined {
  if (name === undefined) return undefined;
  return tokenizerClasses.find(
    ({ withTypeIds, withoutTypeIds }) => withTypeIds.includes(name) || withoutTypeIds.includes(name),
  );
}
