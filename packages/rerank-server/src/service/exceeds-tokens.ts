import type { ServedModel } from "./served-model.js";

/** Characters, for each token of the model's length, of which the beginning of a long pair is tried first. */
const CHARACTERS_PER_TOKEN = 16;
/** Tokens by which a beginning that breaks off in the middle of a word may have more than the whole. */
const MARGIN_TOKENS = 128;

/**
 * Number of tokens of a pair that is longer than the model's length, and undefined if it fits. Of a pair that is very long, the
 * beginning is counted first ("more than 640"), since megabytes of text take seconds.
 */
export function exceedsTokens(
  model: Pick<ServedModel, "countTokens" | "maxLength">,
  query: string,
  text: string,
): string | undefined {
  const { maxLength } = model;
  for (let length = maxLength * CHARACTERS_PER_TOKEN; length < query.length + text.length; length *= 4) {
    const tokens = model.countTokens(query.slice(0, length), text.slice(0, length));
    if (tokens > maxLength + MARGIN_TOKENS) return `more than ${tokens - MARGIN_TOKENS}`;
  }
  const tokens = model.countTokens(query, text);
  return tokens > maxLength ? String(tokens) : undefined;
}
