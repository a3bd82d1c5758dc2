import type { ModelConfig } from "../../model-source/model-config.js";
import { ropeParameters } from "../layers/rope-parameters.js";
import { decoder, headSettings } from "./decoder.js";
import { layerReach } from "./layer-reach.js";

/** Mistral whose queries grow with their positions in long texts. transformers/models/ministral3/modeling_ministral3.py */
export const ministral3 = decoder({
  modelTypes: ["ministral3"],
  tokenizerClasses: { ministral3: "TokenizersBackend" },
  settings(config) {
    const rope = ropeParameters(config, { theta: 1_000_000, positions: 262_144 });
    const window = config.has("sliding_window") ? config.size("sliding_window") : undefined;
    const type = window === undefined ? "full_attention" : "sliding_attention";
    return {
      ...headSettings(config, { hidden: 4096, layers: 34, heads: 32, keyValueHeads: 8, size: 128 }),
      epsilon: config.number("rms_norm_eps", 1e-5),
      activation: config.string("hidden_act", "silu"),
      hasBias: false,
      hasOutputBias: false,
      hasFeedForwardBias: false,
      tiesEmbeddings: config.boolean("tie_word_embeddings", false),
      queryGrowth: growthOf(config),
      layer: () => ({ rope, reach: layerReach(config, type, window) }),
    };
  },
});

/** Settings of this growth, from `rope_parameters`, which every configuration of this class has. */
function growthOf(config: ModelConfig): { readonly beta: number; readonly tokens: number } {
  const rope = config.object("rope_parameters") ?? config.object("rope_scaling") ?? config;
  return {
    beta: rope.number("llama_4_scaling_beta"),
    tokens: rope.size("original_max_position_embeddings"),
  };
}
