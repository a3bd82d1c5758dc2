import { type PreTokenizerKind, preTokenizer } from "./pre-tokenizer.js";
import { punctuationPattern } from "./punctuation-pattern.js";
import { splitText } from "./split-text.js";
import { splitWhitespace } from "./split-whitespace.js";

/** BERT's pre-tokenizer: words between white space, and single punctuation marks. */
export const bertPreTokenizer: PreTokenizerKind = {
  type: "BertPreTokenizer",
  create() {
    const mark = punctuationPattern();
    return preTokenizer(function* (text) {
      for (const word of splitWhitespace(text)) yield* splitText(word, mark, "Isolated");
    }, "splits");
  },
};
