import type { ComponentJson } from "../json/component-json.js";
import { escapeRegExp } from "../pattern/escape-reg-exp.js";
import type { PreTokenizerKind } from "./pre-tokenizer.js";
import { splitText } from "./split-text.js";

interface CharDelimiterSplitJson extends ComponentJson {
  readonly delimiter: string;
}

/** Splits at a character, which is removed. */
export const charDelimiterSplit: PreTokenizerKind<CharDelimiterSplitJson> = {
  type: "CharDelimiterSplit",
  create(json) {
    const delimiter = new RegExp(escapeRegExp(json.delimiter), "gu");
    return (text) => splitText(text, delimiter, "Removed");
  },
};
