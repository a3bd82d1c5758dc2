import type { ServedTokenizer } from "../models/served-model.js";

/** Length of the beginning of a long input that is tokenized first, in characters for each token of the model's length. */
const CHARACTERS_PER_TOKEN = 16;
/** Tokens that a beginning may have more than the whole text, because it may end inside a word. */
const MARGIN_TOKENS = 128;

/**
 * Returns the number of tokens of a text or pair if it is longer than the model's length, and undefined if it fits. For a very long input, only
 * the beginning is counted ("more than 640"), because megabytes of text take seconds.
 */
export function exceedsTokens(
  model: Pick<ServedTokenizer, "countTokens" | "maxLength">,
  [text, pair]: readonly [text: string, pair?: string],
): string | undefined {
  const { maxLength } = model;
  if (!Number.isFinite(maxLength)) return undefined;
  const characters = text.length + (pair?.length ?? 0);
  for (let length = maxLength * CHARACTERS_PER_TOKEN; length < characters; length *= 4) {
    const tokens = model.countTokens(text.slice(0, length), pair?.slice(0, length));
    if (tokens > maxLength + MARGIN_TOKENS) return `more than ${tokens - MARGIN_TOKENS}`;
  }
  const tokens = model.countTokens(text, pair);
  return tokens > maxLength ? String(tokens) : undefined;
}
