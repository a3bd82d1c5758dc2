import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import { findTokenizerClass } from "./find-tokenizer-class.js";

/** Classes that go by tokenizer.json alone, and tell the two texts of a pair apart. */
const OTHERS_WITH_TYPE_IDS = ["ConvBertTokenizer"];

/**
 * Whether a model is given `token_type_ids`; if not, it takes both texts of a pair for its first segment.
 * @param className transformers' class; if it is unknown, the file's own post-processor counts
 */
export function givesTypeIds(tokenizerConfig: TokenizerConfigJson, className: string | undefined): boolean {
  const { model_input_names: names } = tokenizerConfig;
  if (names) return names.includes("token_type_ids");
  if (className === undefined) return true;
  const { withTypeIds } = findTokenizerClass(className) ?? { withTypeIds: OTHERS_WITH_TYPE_IDS };
  return withTypeIds.includes(className);
}
