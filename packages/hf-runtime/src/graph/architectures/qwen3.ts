import { decoder, headSettings } from "./decoder.js";
import { qwenSettings } from "./qwen2.js";

/** Qwen2 with norms of queries and keys. transformers/models/qwen3/modeling_qwen3.py */
export const qwen3 = decoder({
  modelTypes: ["qwen3"],
  tokenizerClasses: { qwen3: "Qwen2Tokenizer" },
  normsHeads: true,
  settings(config) {
    const hasBias = config.boolean("attention_bias", false);
    return {
      ...qwenSettings(config),
      ...headSettings(config, { hidden: 4096, layers: 32, heads: 32, keyValueHeads: 32, size: 128 }),
      hasBias,
      hasOutputBias: hasBias,
    };
  },
});
