import { modelType } from "../json/model-json.js";
import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import type { TokenizerJson } from "../json/tokenizer-json.js";
import { findTokenizerClass } from "./find-tokenizer-class.js";

/**
 * The tokenizer.json of a repository with the normalizer and pre-tokenizer that its class puts in place of the file's.
 * @param className transformers' class, if it is known
 */
export function withClassStages(
  json: TokenizerJson,
  config: TokenizerConfigJson,
  className: string | undefined,
): TokenizerJson {
  const known = findTokenizerClass(className);
  return known?.model === modelType(json.model) ? { ...json, ...known.stages(json, config) } : json;
}
