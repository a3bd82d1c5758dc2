import type { AlignedText } from "../alignment/aligned-text.js";
import type { PreTokenizer } from "./pre-tokenizer.js";

/** Splits a text as a pre-tokenizer does, and follows where each character comes from. An empty word is a place to pause. */
export function alignWords(
  preTokenize: PreTokenizer,
  text: AlignedText,
  isStart: boolean,
): Iterable<AlignedText> {
  return preTokenize.align?.(text, isStart) ?? locateWords(preTokenize(text.text, isStart), text);
}

/** Looks for words in the text that they are parts of, one behind the other. */
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
