import type { ComponentJson } from "../json/component-json.js";
import { type PreTokenizerKind, preTokenizer } from "./pre-tokenizer.js";
import { punctuationPattern } from "./punctuation-pattern.js";
import { type SplitBehavior, splitText } from "./split-text.js";

interface PunctuationJson extends ComponentJson {
  /** @default "Isolated" */
  readonly behavior?: SplitBehavior | null;
}

/** Splits at punctuation marks. */
export const punctuation: PreTokenizerKind<PunctuationJson> = {
  type: "Punctuation",
  create(json) {
    const mark = punctuationPattern();
    const behavior = json.behavior ?? "Isolated";
    return preTokenizer((text) => splitText(text, mark, behavior), "keeps");
  },
};
