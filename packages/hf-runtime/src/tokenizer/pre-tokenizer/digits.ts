import type { ComponentJson } from "../json/component-json.js";
import { NUMERIC } from "../unicode/generated/code-point-ranges.js";
import { rangesPattern } from "../unicode/ranges-pattern.js";
import { oneCharacterPattern } from "./one-character-pattern.js";
import { type PreTokenizerKind, preTokenizer } from "./pre-tokenizer.js";
import { splitText } from "./split-text.js";

interface DigitsJson extends ComponentJson {
  /** Each digit by itself. @default false: digits in a row stay together */
  readonly individual_digits?: boolean;
}

/** Separates digits from the other characters. */
export const digits: PreTokenizerKind<DigitsJson> = {
  type: "Digits",
  create(json) {
    const digit = oneCharacterPattern(rangesPattern(NUMERIC));
    const behavior = json.individual_digits === true ? "Isolated" : "Contiguous";
    return preTokenizer((text) => splitText(text, digit, behavior), "keeps");
  },
};
