import type { ServedTokenizer } from "../models/served-model.js";
import type { TokenLimits } from "../payloads/values/token-limits.js";
import type { Input } from "./model-engine.js";

/** Length of the beginning of a long text that is tokenized first, in characters for each token of the limit. */
const CHARACTERS_PER_TOKEN = 16;
/** Tokens at the end of this beginning that may differ in the whole text, because it may end inside a word. */
const MARGIN_TOKENS = 128;

/**
 * Cuts the ends of texts to the limits of a request. A limit above the model's own length costs nothing. A model without `tokenize`
 * ignores the limits and cuts only to its own length.
 *
 * @returns [pairs] the same pairs, cut
 */
export async function cutPairs(
  model: Pick<ServedTokenizer, "tokenize" | "countTokens" | "maxLength">,
  pairs: readonly Input[],
  { query: queryTokens, document: documentTokens, pair: pairTokens }: TokenLimits,
  signal: AbortSignal,
): Promise<readonly Input[]> {
  const cuts = new Map<string, string>();
  const counts = new Map<string, number>();
  const isNeedless = [queryTokens, documentTokens, pairTokens].every(
    (limit = Number.POSITIVE_INFINITY) => limit >= model.maxLength,
  );
  if (isNeedless || model.tokenize === undefined) return pairs;
  const cutQuery = async (query: string) => {
    const cut = cuts.get(query) ?? (await firstTokens(model, query, queryTokens, signal));
    cuts.set(query, cut);
    return cut;
  };
  // Tokens of the pair without the document: the query and the special tokens.
  const room = (query: string) => {
    if (pairTokens === undefined) return Number.POSITIVE_INFINITY;
    const taken = counts.get(query) ?? model.countTokens(query, "");
    counts.set(query, taken);
    return Math.max(0, pairTokens - taken);
  };
  const result: Input[] = [];
  for (const [query, document = ""] of pairs) {
    const first = await cutQuery(query);
    const limit = Math.min(documentTokens ?? Number.POSITIVE_INFINITY, room(first));
    result.push([first, await firstTokens(model, document, limit, signal)]);
  }
  return result;
}

/** Returns the longest beginning of a text with at most this many tokens, without special ones. */
async function firstTokens(
  model: Pick<ServedTokenizer, "tokenize" | "maxLength">,
  text: string,
  limit = Number.POSITIVE_INFINITY,
  signal: AbortSignal,
): Promise<string> {
  // A token has at least one byte.
  if (limit >= model.maxLength || Buffer.byteLength(text) <= limit) return text;
  for (let length = (limit + 1) * CHARACTERS_PER_TOKEN; ; length *= 4) {
    const part = text.slice(0, length);
    const tokens = (await model.tokenize?.(part, { addSpecialTokens: false, signal })) ?? [];
    const isWhole = part.length === text.length;
    if (!isWhole && tokens.length <= limit + MARGIN_TOKENS) continue;
    const end = Math.min(tokens[limit - 1]?.end ?? 0, tokens[limit]?.start ?? Number.POSITIVE_INFINITY);
    return tokens.length > limit ? text.slice(0, end) : text;
  }
}
