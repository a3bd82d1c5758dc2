import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import { findTokenizerClass } from "./find-tokenizer-class.js";

/** Classes that use tokenizer.json as it is and distinguish the two texts of a pair. */
const OTHERS_WITH_TYPE_IDS = ["ConvBertTokenizer"];

/**
 * Whether a model gets `token_type_ids`. If not, it treats both texts of a pair as its first segment.
 * @param className transformers' class; if it is undefined, the type ids of the post-processor are used
 */
export function givesTypeIds(tokenizerConfig: TokenizerConfigJson, className: string | undefined): boolean {
  const { model_input_names: names } = tokenizerConfig;
  if (names) return names.includes("token_type_ids");
  if (className === undefined) return true;
  const { withTypeIds } = findTokenizerClass(className) ?? { withTypeIds: OTHERS_WITH_TYPE_IDS };
  return withTypeIds.includes(className);
}
