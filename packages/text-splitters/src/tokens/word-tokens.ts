import { workSlices } from "@secondpass/core";
import type { ResolvedEncoder } from "./resolve-tokenizer.js";

/** Position of the word of a token in a text. */
export interface WordTokens {
  /** Start of the word that the token is (part) of. */
  startOf(token: number): number;
  /** End of the word that the token is (part) of. */
  endOf(token: number): number;
}

/**
 * Says which word each token comes from, by encoding word for word. Where a tokenizer does not go word by word, so that this gives
 * other tokens than the whole text did, positions are estimated from the token's share of all tokens.
 */
export async function wordTokens(
  text: string,
  ids: readonly number[],
  encoder: ResolvedEncoder,
): Promise<WordTokens> {
  const starts: number[] = [];
  const ends: number[] = [];
  const slices = workSlices();
  for (const word of text.matchAll(/\S+/gu)) {
    for (const id of await encoder.encode(word[0])) {
      if (id !== ids[starts.length]) return estimate(text, ids.length);
      starts.push(word.index);
      ends.push(word.index + word[0].length);
    }
    if (slices.due()) await slices.pause();
  }
  if (starts.length !== ids.length) return estimate(text, ids.length);
  return { startOf: (token) => starts[token]!, endOf: (token) => ends[token]! };
}

function estimate(text: string, tokens: number): WordTokens {
  const position = (token: number) => Math.round((token / tokens) * text.length);
  return { startOf: position, endOf: (token) => position(token + 1) };
}
