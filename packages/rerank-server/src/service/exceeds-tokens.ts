import type { ServedTokenizer } from "../models/served-model.js";

/** Characters, for each token of the model's length, of which the beginning of a long input is tried first. */
const CHARACTERS_PER_TOKEN = 16;
/** Tokens by which a beginning that breaks off in the middle of a word may have more than the whole. */
const MARGIN_TOKENS = 128;

/**
 * Number of tokens of a text or pair that is longer than the model's length, and undefined if it fits. Of an input that is very long, the
 * beginning is counted first ("more than 640"), since megabytes of text take seconds.
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
