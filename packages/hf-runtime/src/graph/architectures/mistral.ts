import { ropeParameters } from "../layers/rope-parameters.js";
import { decoder, headSettings } from "./decoder.js";
import { layerReach } from "./layer-reach.js";

/** Llama with an optional window in every layer. transformers/models/mistral/modeling_mistral.py */
export const mistral = decoder({
  modelTypes: ["mistral"],
  tokenizerClasses: { mistral: "TokenizersBackend" },
  settings(config) {
    const rope = ropeParameters(config, { theta: 10_000, positions: 131_072 });
    // null means no window; a missing key means the class's default.
    const window = config.values.sliding_window === null ? undefined : config.size("sliding_window", 4096);
    return {
      ...headSettings(config, { hidden: 4096, layers: 32, heads: 32, keyValueHeads: 8 }),
      activation: config.string("hidden_act", "silu"),
      hasBias: false,
      hasOutputBias: false,
      hasFeedForwardBias: false,
      tiesEmbeddings: config.boolean("tie_word_embeddings", false),
      // `layer_types` is not read.
      layer: () => ({
        rope,
        reach: layerReach(config, window === undefined ? "full_attention" : "sliding_attention", window),
      }),
    };
  },
});
