import type { ComponentJson } from "../json/component-json.js";
import type { PreTokenizerKind } from "./pre-tokenizer.js";

interface FixedLengthJson extends ComponentJson {
  /** In characters (code points). */
  readonly length: number;
}

/** Cuts the text into pieces of one length; the last may be shorter. */
export const fixedLength: PreTokenizerKind<FixedLengthJson> = {
  type: "FixedLength",
  create:
    ({ length }) =>
    (text) => {
      const characters = [...text];
      return Array.from({ length: Math.ceil(characters.length / length) }, (_, index) =>
        characters.slice(index * length, (index + 1) * length).join(""),
      );
    },
};
