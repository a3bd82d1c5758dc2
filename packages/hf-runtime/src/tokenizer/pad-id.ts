import type { AddedVocabulary } from "./added-vocabulary/added-vocabulary.js";
import type { TokenizerJson } from "./json/tokenizer-json.js";

/** Usual padding tokens, for models whose files do not name one. */
const USUAL_PAD_TOKENS = ["[PAD]", "<pad>"];

/**
 * Id of the padding token: the named one, a usual one, or the id that a file gives.
 * @param named padding token that the files or the class name
 */
export function padId(
  vocabulary: Pick<AddedVocabulary, "tokenId">,
  json: TokenizerJson,
  named: string | undefined,
  config: { readonly pad_token_id?: number | null },
): number {
  const ids = [named, ...USUAL_PAD_TOKENS].map((token) =>
    token === undefined ? undefined : vocabulary.tokenId(token),
  );
  // The attention mask hides padding, so a model without a padding token can take any id.
  return ids.find((id) => id !== undefined) ?? json.padding?.pad_id ?? config.pad_token_id ?? 0;
}
