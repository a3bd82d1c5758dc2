import { UnsupportedRerankerError } from "../errors/unsupported-reranker-error.js";
import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";
import { logitScoreOf } from "./logit-score.js";
import type { Module } from "./module.js";

/**
 * The last module of a causal model without modules.json, as in sentence-transformers: the logit of "yes" minus that of "no".
 * @param words the two answers, as tokens
 * @throws UnsupportedRerankerError if the vocabulary has no such tokens
 */
export function yesNoScore(
  model: string,
  architecture: string,
  words: readonly [yes: string, no: string],
  tokenizer: Pick<TextTokenizer, "tokenId">,
): Module {
  const [yes, no] = words.map((word) => tokenizer.tokenId(word));
  if (yes === undefined || no === undefined) {
    const missing = yes === undefined ? words[0] : words[1];
    throw new UnsupportedRerankerError(
      model,
      architecture,
      `its tokenizer has no token "${missing}" to answer with`,
    );
  }
  return logitScoreOf(yes, no);
}
