import type { ComponentJson } from "../json/component-json.js";
import { fixProperties } from "../pattern/fix-properties.js";
import { toByteLevel } from "../unicode/to-byte-level.js";
import type { PreTokenizerKind } from "./pre-tokenizer.js";

interface ByteLevelJson extends ComponentJson {
  readonly add_prefix_space?: boolean;
  /** @default true */
  readonly use_regex?: boolean;
}

/** GPT-2's: words, numbers and signs, each with the space in front of it, and the white space left over. */
const WORDS =
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\p{White_Space}\\p{L}\\p{N}]+|" +
  "\\p{White_Space}+(?!\\P{White_Space})|\\p{White_Space}+";

/** GPT-2's words in the signs of their bytes. */
export const byteLevel: PreTokenizerKind<ByteLevelJson> = {
  type: "ByteLevel",
  create(json) {
    const prefix = json.add_prefix_space === true;
    // Here, and not for everyone who imports the package: it takes ten milliseconds.
    const words = json.use_regex === false ? undefined : new RegExp(fixProperties(WORDS), "gu");
    return (text) => {
      const prefixed = prefix && !text.startsWith(" ") ? ` ${text}` : text;
      return (words ? (prefixed.match(words) ?? []) : [prefixed]).map(toByteLevel);
    };
  },
};
