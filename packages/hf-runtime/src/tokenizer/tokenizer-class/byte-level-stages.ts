import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import type { ClassStages } from "./tokenizer-class.js";

/** GPT-2's stages for the settings of tokenizer_config.json. */
export function byteLevelStages(config: TokenizerConfigJson): ClassStages {
  return {
    normalizer: null,
    pre_tokenizer: { type: "ByteLevel", add_prefix_space: config.add_prefix_space ?? false },
  };
}
