import { ModelConfigError } from "../../errors/model-config-error.js";
import type { ModelConfig } from "../../model-source/model-config.js";
import { ropeParameters } from "../layers/rope-parameters.js";
import { type DecoderSettings, decoder, headSettings } from "./decoder.js";
import { layerReach } from "./layer-reach.js";

/** Llama with scaled embeddings and norms stored relative to 1. transformers/models/gemma/modeling_gemma.py */
export const gemma = decoder({
  modelTypes: ["gemma"],
  tokenizerClasses: { gemma: "GemmaTokenizer" },
  isGemma: true,
  settings(config) {
    if (config.boolean("use_bidirectional_attention", false)) {
      // transformers then attends in both directions in a batch without padding, and only backwards in one with padding.
      throw new ModelConfigError(
        "use_bidirectional_attention",
        "false, or is_causal to be false instead",
        true,
      );
    }
    const rope = ropeParameters(config, { theta: 10_000, positions: 8192 });
    const activation = config.string("hidden_act", "gelu_pytorch_tanh");
    return {
      ...gemmaSettings(config),
      ...headSettings(config, { hidden: 3072, layers: 28, heads: 16, keyValueHeads: 16, size: 256 }),
      // The first repositories name "gelu" but were trained with the other one.
      activation: activation === "gelu" ? "gelu_pytorch_tanh" : activation,
      layer: () => ({ rope, reach: layerReach(config, "full_attention", undefined) }),
    };
  },
});

/** Settings that all Gemma models read in the same way. */
export function gemmaSettings(
  config: ModelConfig,
): Pick<DecoderSettings, "hasBias" | "hasOutputBias" | "hasFeedForwardBias" | "tiesEmbeddings"> {
  const hasBias = config.boolean("attention_bias", false);
  return {
    hasBias,
    hasOutputBias: hasBias,
    hasFeedForwardBias: false,
    tiesEmbeddings: config.boolean("tie_word_embeddings", true),
  };
}
