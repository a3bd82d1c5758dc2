import { LATIN_LANGUAGES, workSlices } from "@secondpass/core";
import type { TextTokenizer } from "./text-tokenizer.js";
import { unknownTokenId } from "./unknown-token-id.js";

/** Minimum letters of the words that are looked up: shorter ones are in every vocabulary by chance. */
const LETTERS = 4;

/**
 * Minimum share of a language's frequent words in a vocabulary made for it. XLM-RoBERTa's has .90 to 1 in 24 languages; the English vocabularies of BERT
 * and RoBERTa have at most .27 of other languages (bundled models: .55 of French, otherwise .20).
 */
const KNOWN_ENOUGH = 0.65;

/**
 * Minimum mean share over all languages in a vocabulary made for many. GPT-4's and similar ones have .49 and Llama 2's .37, though they have hardly a
 * word of Finnish or Latvian. English ones have at most .1.
 */
const MANY = 0.22;

/** Words that every vocabulary of words has. If a vocabulary lacks them, as one of bytes does, its shares mean nothing. */
const ENGLISH = ["that", "this", "with", "from", "what", "when", "have", "which"];

const shares = new WeakMap<TextTokenizer, Promise<ReadonlyMap<string, number>>>();

/**
 * How much of a language in Latin letters a vocabulary knows: 1 if it was made for the language, or for many; otherwise the share of the language's frequent
 * words that are single tokens, 0 to below 0.65.
 * @param language a key of `LATIN_LANGUAGES`, or any other text for another language
 */
export async function knownLanguageShare(
  tokenizer: TextTokenizer,
  language: string,
  signal?: AbortSignal,
): Promise<number> {
  signal?.throwIfAborted();
  let known = shares.get(tokenizer);
  if (known === undefined) {
    // Other callers wait for it, too, so that one caller's signal must not abort it.
    known = sharesOf(tokenizer);
    shares.set(tokenizer, known);
  }
  const all = await known;
  const mean = [...all.values()].reduce((sum, share) => sum + share, 0) / all.size;
  const share = all.get(language) ?? mean;
  const best = all.has(language) ? share : Math.max(...all.values());
  return best >= KNOWN_ENOUGH || mean >= MANY ? 1 : share;
}

async function sharesOf(tokenizer: TextTokenizer): Promise<ReadonlyMap<string, number>> {
  const slices = workSlices();
  const shareOf = async (words: readonly string[]) => {
    let known = 0;
    for (const word of words) {
      if (isToken(tokenizer, word)) known++;
      if (slices.due()) await slices.pause();
    }
    return known / words.length;
  };
  const isOfWords = (await shareOf(ENGLISH)) >= KNOWN_ENOUGH;
  const found = new Map<string, number>();
  for (const [language, { own, shared }] of Object.entries(LATIN_LANGUAGES)) {
    const words = [...own, ...shared].filter((word) => word.length >= LETTERS);
    found.set(language, isOfWords ? await shareOf(words) : 1);
  }
  return found;
}

/** Whether a vocabulary has a word as one token, inside a text. */
function isToken(tokenizer: TextTokenizer, word: string): boolean {
  const idsOf = (text: string) => tokenizer.encode(text, undefined, { addSpecialTokens: false }).ids;
  const ids = idsOf(`a ${word}`);
  return ids.length === idsOf("a").length + 1 && ids.at(-1) !== unknownTokenId(tokenizer);
}
