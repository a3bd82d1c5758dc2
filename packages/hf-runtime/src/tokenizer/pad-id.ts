import type { AddedVocabulary } from "./added-vocabulary/added-vocabulary.js";
import type { SpecialTokenJson, TokenizerConfigJson } from "./json/tokenizer-config-json.js";
import type { TokenizerJson } from "./json/tokenizer-json.js";

/** Tokens that pad in the models whose files do not say so. */
const USUAL_PAD_TOKENS = ["[PAD]", "<pad>"];

/** Id of the padding token: the one that tokenizer_config.json names, a usual one, or the number that a file gives. */
export function padId(
  vocabulary: Pick<AddedVocabulary, "tokenId">,
  json: TokenizerJson,
  tokenizerConfig: TokenizerConfigJson,
  config: { readonly pad_token_id?: number | null },
): number {
  const named = [tokenName(tokenizerConfig.pad_token), ...USUAL_PAD_TOKENS];
  const ids = named.map((token) => (token === undefined ? undefined : vocabulary.tokenId(token)));
  // The attention mask hides padding, so a model without a padding token can take any id.
  return ids.find((id) => id !== undefined) ?? json.padding?.pad_id ?? config.pad_token_id ?? 0;
}

function tokenName(token: SpecialTokenJson | null | undefined): string | undefined {
  return typeof token === "object" ? token?.content : token;
}
