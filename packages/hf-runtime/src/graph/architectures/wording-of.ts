import { ModelConfig } from "../../model-source/model-config.js";
import type { Wording } from "./architecture.js";
import { architectures } from "./architectures.js";

/**
 * How a reranker joins its pairs, if its own code makes one text of each.
 * @param config config.json
 * @returns undefined if the tokenizer joins them
 */
export function wordingOf(config: Readonly<Record<string, unknown>>): Wording | undefined {
  const architecture = architectures.find((one) => one.modelTypes.includes(String(config.model_type)));
  return architecture?.wording?.(new ModelConfig(config));
}
