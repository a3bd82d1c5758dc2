import type { AlignedText } from "../alignment/aligned-text.js";
import type { PreTokenizer } from "./pre-tokenizer.js";

/** Splits a text with a pre-tokenizer and tracks where each character comes from. At an empty word, the caller may pause. */
export function alignWords(
  preTokenize: PreTokenizer,
  text: AlignedText,
  isStart: boolean,
): Iterable<AlignedText> {
  return preTokenize.align?.(text, isStart) ?? locateWords(preTokenize(text.text, isStart), text);
}

/** Finds words in the text that contains them, one after the other. */
export function* locateWords(
  words: Iterable<string>,
  text: AlignedText,
): Generator<AlignedText, void, undefined> {
  let done = 0;
  for (const word of words) {
    const start = text.text.indexOf(word, done);
    yield text.slice(start, start + word.length);
    done = start + word.length;
  }
}
