import { latinLanguage } from "@secondpass/core";
import { knownLanguageShare } from "./known-language-share.js";
import type { TextTokenizer } from "./text-tokenizer.js";
import { unknownTokenId } from "./unknown-token-id.js";

/** UTF-16 units of a text that are examined: enough for a reliable share, and fast. */
const MAX_UNITS = 1000;
/** Maximum tokens of these units, independent of the model's limit. */
const MAX_TOKENS = 8 * MAX_UNITS;

const LETTER = /[\p{L}\p{M}]/u;
/** Characters that are a word, or half of one. */
const IDEOGRAPH = /\p{Script=Han}/u;
/** Scripts whose words often contain single-character tokens. */
const OFTEN_SINGLE = /[\p{Script=Hangul}\p{Script=Latin}]/u;

/**
 * How much of a text its tokenizer's vocabulary knows, 0 to 1: the share of letters that are known. A letter is known if it is in a token of two letters or
 * more, is a whole word, or is a Chinese character that is a token. A single Hangul syllable or Latin letter inside a word counts half. Letters in unknown
 * tokens, other single letters and parts of a character are not known: the model has seen hardly any text of that script. If the text is in a language in Latin
 * letters of which the vocabulary has hardly a word, the share is multiplied by {@link knownLanguageShare}. 1 for a text without letters. Only the beginning of
 * a long text counts.
 * @throws the signal's reason, once it is aborted
 */
export async function knownShare(
  tokenizer: TextTokenizer,
  text: string,
  signal?: AbortSignal,
): Promise<number> {
  const part = text.slice(0, MAX_UNITS);
  const letters = lettersOf(part);
  if (letters.length === 0) return 1;
  const options = { maxLength: MAX_TOKENS };
  const { first, starts, ends } = await tokenizer.locateInSlices("", part, options, signal);
  const { ids } = await tokenizer.encodeInSlices("", part, options, signal);
  const unknown = unknownTokenId(tokenizer);
  /** For each UTF-16 unit: the number of tokens that cover it (at most 2), and whether one of them covers other letters, too. */
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

/** Whether a letter is a whole word. */
function isAlone(text: string, at: number, letter: string): boolean {
  const before = Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) ?? " ";
  const [after = " "] = text.slice(at + letter.length, at + letter.length + 2);
  return !LETTER.test(before) && !LETTER.test(after);
}
