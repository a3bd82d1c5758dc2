import { AlignedBuilder } from "../alignment/aligned-builder.js";
import { type AlignedText, characterEnd } from "../alignment/aligned-text.js";
import type { ComponentJson } from "../json/component-json.js";
import { fixProperties } from "../pattern/fix-properties.js";
import { toByteLevel } from "../unicode/to-byte-level.js";
import { locateWords } from "./align-words.js";
import { matchedWords } from "./matched-words.js";
import { type PreTokenizerKind, preTokenizer } from "./pre-tokenizer.js";

interface ByteLevelJson extends ComponentJson {
  readonly add_prefix_space?: boolean;
  /** @default true */
  readonly use_regex?: boolean;
}

/** GPT-2's pattern: words, numbers and symbols, each with the space in front of it, and the remaining white space. */
const WORDS =
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\p{White_Space}\\p{L}\\p{N}]+|" +
  "\\p{White_Space}+(?!\\P{White_Space})|\\p{White_Space}+";

/** UTF-16 units that are written in one step. */
const SHORT = 4096;

/** GPT-2's pre-tokenizer: splits into words, and writes each byte as the character that GPT-2 uses for it. */
export const byteLevel: PreTokenizerKind<ByteLevelJson> = {
  type: "ByteLevel",
  create(json) {
    const prefix = json.add_prefix_space === true;
    // Compiled here, not at import: it takes ten milliseconds.
    const words =
      json.use_regex === false ? undefined : matchedWords(new RegExp(fixProperties(WORDS), "gu"), WORDS);
    const split = (text: string): Iterable<string> => {
      const prefixed = prefix && !text.startsWith(" ") ? ` ${text}` : text;
      const found = words ? words(prefixed) : [prefixed];
      return text.length <= SHORT && Array.isArray(found) ? found.map(toByteLevel) : oneByOne(found);
    };
    const align = (text: AlignedText): Iterable<AlignedText> => {
      const isPrefixed = prefix && !text.text.startsWith(" ");
      const prefixed = isPrefixed ? withPrefix(text) : text;
      return inByteCharacters(words ? locateWords(words(prefixed.text), prefixed) : [prefixed]);
    };
    return preTokenizer(split, words ? "splits" : "unknown", align);
  },
};

function withPrefix(text: AlignedText): AlignedText {
  const builder = new AlignedBuilder(text);
  builder.add(0, 0, " ");
  builder.copy(0, text.text.length);
  return builder.finish();
}

function* inByteCharacters(words: Iterable<AlignedText>): Generator<AlignedText, void, undefined> {
  for (const word of words) {
    const { text } = word;
    const builder = new AlignedBuilder(word);
    for (let at = 0, characters = 1; at < text.length; characters++) {
      if (characters % SHORT === 0) yield word.slice(0, 0);
      const end = characterEnd(text, at);
      builder.add(at, end, toByteLevel(text.slice(at, end)), "last");
      at = end;
    }
    yield builder.finish();
  }
}

/** Writes the bytes of words as GPT-2's characters; a long word in parts, with pauses between. */
function* oneByOne(words: Iterable<string>): Generator<string, void, undefined> {
  for (const word of words) {
    let characters = "";
    for (let start = 0; start < word.length; ) {
      let end = Math.min(word.length, start + SHORT);
      const last = word.charCodeAt(end - 1);
      if (end < word.length && last >= 0xd800 && last <= 0xdbff) end++;
      characters += toByteLevel(word.slice(start, end));
      start = end;
      if (end < word.length) yield "";
    }
    yield characters;
  }
}
