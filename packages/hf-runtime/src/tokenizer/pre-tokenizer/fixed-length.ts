import type { ComponentJson } from "../json/component-json.js";
import { type PreTokenizerKind, preTokenizer } from "./pre-tokenizer.js";

interface FixedLengthJson extends ComponentJson {
  /** In characters (code points). */
  readonly length: number;
}

/** Cuts the text into pieces of one length; the last may be shorter. */
export const fixedLength: PreTokenizerKind<FixedLengthJson> = {
  type: "FixedLength",
  create({ length }) {
    if (!(length >= 1)) throw new SyntaxError(`FixedLength needs a length of at least 1, got ${length}`);
    return preTokenizer(function* (text) {
      let start = 0;
      let end = 0;
      let characters = 0;
      for (const character of text) {
        if (characters === length) {
          yield text.slice(start, end);
          start = end;
          characters = 0;
        }
        end += character.length;
        characters++;
      }
      if (end > start) yield text.slice(start, end);
    }, "unknown");
  },
};
