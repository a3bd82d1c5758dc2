import type { ModelConfig } from "../../model-source/model-config.js";
import { ropeParameters } from "../layers/rope-parameters.js";
import { type DecoderSettings, decoder, headSettings } from "./decoder.js";
import { layerReach } from "./layer-reach.js";

/** transformers/models/llama/modeling_llama.py */
export const llama = decoder({
  modelTypes: ["llama"],
  tokenizerClasses: {},
  settings: llamaSettings,
});

/** Settings of Llama and similar models. */
export function llamaSettings(config: ModelConfig): DecoderSettings {
  const rope = ropeParameters(config, { theta: 10_000, positions: 2048 });
  const hasBias = config.boolean("attention_bias", false);
  return {
    ...headSettings(config, { hidden: 4096, layers: 32, heads: 32 }),
    activation: config.string("hidden_act", "silu"),
    hasBias,
    hasOutputBias: hasBias,
    hasFeedForwardBias: config.boolean("mlp_bias", false),
    tiesEmbeddings: config.boolean("tie_word_embeddings", false),
    layer: () => ({ rope, reach: layerReach(config, "full_attention", undefined) }),
  };
}
