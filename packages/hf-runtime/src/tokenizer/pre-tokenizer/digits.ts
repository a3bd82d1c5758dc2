import type { ComponentJson } from "../json/component-json.js";
import { NUMERIC } from "../unicode/generated/code-point-ranges.js";
import { rangesPattern } from "../unicode/ranges-pattern.js";
import type { PreTokenizerKind } from "./pre-tokenizer.js";
import { splitText } from "./split-text.js";

interface DigitsJson extends ComponentJson {
  /** Each digit by itself. @default false: digits in a row stay together */
  readonly individual_digits?: boolean;
}

/** Takes digits apart from the rest. */
export const digits: PreTokenizerKind<DigitsJson> = {
  type: "Digits",
  create(json) {
    const digit = new RegExp(rangesPattern(NUMERIC), "gu");
    const behavior = json.individual_digits === true ? "Isolated" : "Contiguous";
    return (text) => splitText(text, digit, behavior);
  },
};
