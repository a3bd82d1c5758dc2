import { type PreTokenizerKind, preTokenizer } from "./pre-tokenizer.js";
import { splitWhitespace } from "./split-whitespace.js";

/** Words between white space. */
export const whitespaceSplit: PreTokenizerKind = {
  type: "WhitespaceSplit",
  create: () => preTokenizer(splitWhitespace, "splits"),
};
