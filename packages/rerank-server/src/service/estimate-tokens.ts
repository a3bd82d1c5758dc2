/** Bytes of UTF-8 that a token has in running text. English has 4 to 5, other alphabets 4 to 6, Chinese and Japanese 3 to 5. */
const BYTES_PER_TOKEN = 4;
/** Special tokens of a pair. */
const SPECIAL_TOKENS = 3;

/**
 * About how many tokens the model computes for a text or a pair, in the time that it takes to measure a string. Tokenizing only to decide
 * whether a request is admitted would be done twice.
 *
 * @param maxLength tokens that an input is cut to
 */
export function estimateTokens(texts: readonly string[], maxLength: number): number {
  let bytes = 0;
  for (const text of texts) bytes += Buffer.byteLength(text);
  return Math.min(maxLength, SPECIAL_TOKENS + Math.ceil(bytes / BYTES_PER_TOKEN));
}
