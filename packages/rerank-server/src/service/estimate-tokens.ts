/** Bytes of UTF-8 for a token of running text. English has 4 to 5, other alphabets 4 to 6, Chinese and Japanese 3 to 5. */
const BYTES_PER_TOKEN = 4;
/** Special tokens of a pair. */
const SPECIAL_TOKENS = 3;

/**
 * Estimates how many tokens the model computes for a text or a pair, from its length. Counting exactly would tokenize each text twice, only to
 * decide whether a request is admitted.
 *
 * @param maxLength tokens that an input is cut to
 */
export function estimateTokens(texts: readonly string[], maxLength: number): number {
  let bytes = 0;
  for (const text of texts) bytes += Buffer.byteLength(text);
  return Math.min(maxLength, SPECIAL_TOKENS + Math.ceil(bytes / BYTES_PER_TOKEN));
}
