import type { ComponentJson } from "../json/component-json.js";
import { literalPattern } from "../pattern/literal-pattern.js";
import { type PreTokenizerKind, preTokenizer } from "./pre-tokenizer.js";
import { splitText } from "./split-text.js";

interface CharDelimiterSplitJson extends ComponentJson {
  readonly delimiter: string;
}

/** Splits at a character, which is removed. */
export const charDelimiterSplit: PreTokenizerKind<CharDelimiterSplitJson> = {
  type: "CharDelimiterSplit",
  create(json) {
    const delimiter = literalPattern(json.delimiter);
    return preTokenizer((text) => splitText(text, delimiter, "Removed"), "unknown");
  },
};
