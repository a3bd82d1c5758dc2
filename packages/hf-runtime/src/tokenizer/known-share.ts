import { latinLanguage } from "@secondpass/core";
import { knownLanguageShare } from "./known-language-share.js";
import type { TextTokenizer } from "./text-tokenizer.js";
import { unknownTokenId } from "./unknown-token-id.js";

/** UTF-16 units that are looked at: enough to tell, and soon done. */
const LOOKED_AT = 1000;
/** Tokens of these, whatever the model reads. */
const MAX_TOKENS = 8 * LOOKED_AT;

const LETTER = /[\p{L}\p{M}]/u;
/** A character of these is a word, or half of one. */
const IDEOGRAPH = /\p{Script=Han}/u;
/** Of these, words that a vocabulary knows little contain single characters, too. */
const OFTEN_SINGLE = /[\p{Script=Hangul}\p{Script=Latin}]/u;

/**
 * How much of a text its tokenizer's vocabulary knows, 0 to 1: the share of letters that are in a token of two letters or more, are a word of one letter, or a
 * Chinese character with a token of its own. A single Hangul syllable or Latin letter inside a word counts half. What becomes unknown tokens, single letters or
 * parts of a character is not known: it says little to the model, which has seen hardly any text of that script. In a language in Latin letters of which the
 * vocabulary has hardly a word, the share is multiplied by {@link knownLanguageShare}. 1 for a text without letters. Of long texts the beginning counts.
 * @throws the signal's reason, once it is aborted
 */
export async function knownShare(
  tokenizer: TextTokenizer,
  text: string,
  signal?: AbortSignal,
): Promise<number> {
  const part = text.slice(0, LOOKED_AT);
  const letters = lettersOf(part);
  if (letters.length === 0) return 1;
  const options = { maxLength: MAX_TOKENS };
  const { first, starts, ends } = await tokenizer.locateInSlices("", part, options, signal);
  const { ids } = await tokenizer.encodeInSlices("", part, options, signal);
  const unknown = unknownTokenId(tokenizer);
  /** For each UTF-16 unit, the tokens that stand for it, and whether one of these stands for other letters, too. */
  const tokensOf = new Uint8Array(part.length);
  const isShared = new Uint8Array(part.length);
  for (const [token, start] of starts.entries()) {
    if (ids[first + token] === unknown) continue;
    const end = ends[token]!;
    const held = lettersOf(part.slice(start, end)).length;
    for (let at = start; at < end; at++) {
      tokensOf[at] = Math.min(tokensOf[at]! + 1, 2);
      if (held > 1) isShared[at] = 1;
    }
  }
  let known = 0;
  for (const { at, letter } of letters) {
    if (tokensOf[at] !== 1) continue;
    if (isShared[at] === 1 || IDEOGRAPH.test(letter) || isAlone(part, at, letter)) known++;
    else if (OFTEN_SINGLE.test(letter)) known += 0.5;
  }
  const language = latinLanguage(part);
  const share = known / letters.length;
  return language === undefined ? share : share * (await knownLanguageShare(tokenizer, language, signal));
}

/** The letters and marks of a text, and where they are. */
function lettersOf(text: string): { readonly at: number; readonly letter: string }[] {
  const letters = [];
  let at = 0;
  for (const letter of text) {
    if (LETTER.test(letter)) letters.push({ at, letter });
    at += letter.length;
  }
  return letters;
}

/** Whether a letter is a word of its own. */
function isAlone(text: string, at: number, letter: string): boolean {
  const before = Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) ?? " ";
  const [after = " "] = text.slice(at + letter.length, at + letter.length + 2);
  return !LETTER.test(before) && !LETTER.test(after);
}
