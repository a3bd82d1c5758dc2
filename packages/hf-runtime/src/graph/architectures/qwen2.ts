import type { ModelConfig } from "../../model-source/model-config.js";
import { ropeParameters } from "../layers/rope-parameters.js";
import { type DecoderSettings, decoder, headSettings } from "./decoder.js";
import { layerReach, layerTypes } from "./layer-reach.js";

/** Llama with biases in attention. transformers/models/qwen2/modeling_qwen2.py */
export const qwen2 = decoder({
  modelTypes: ["qwen2"],
  tokenizerClasses: { qwen2: "Qwen2Tokenizer" },
  settings: (config) => ({
    ...qwenSettings(config),
    ...headSettings(config, { hidden: 4096, layers: 32, heads: 32, keyValueHeads: 32 }),
    hasBias: true,
    hasOutputBias: false,
  }),
});

/** Settings that Qwen2 and Qwen3 read in the same way. */
export function qwenSettings(
  config: ModelConfig,
): Pick<DecoderSettings, "activation" | "hasFeedForwardBias" | "tiesEmbeddings" | "layer"> {
  const rope = ropeParameters(config, { theta: 10_000, positions: 32_768 });
  const window = windowOf(config);
  const firstLocal = config.integer("max_window_layers", 28);
  const types = layerTypes(config, config.layers("num_hidden_layers", 32), (i) =>
    window !== undefined && i >= firstLocal ? "sliding_attention" : "full_attention",
  );
  return {
    activation: config.string("hidden_act", "silu"),
    hasFeedForwardBias: false,
    tiesEmbeddings: config.boolean("tie_word_embeddings", false),
    layer: (index) => ({ rope, reach: layerReach(config, types[index]!, window) }),
  };
}

/** The sliding window; undefined unless `use_sliding_window` is true, even if `layer_types` has local layers. */
function windowOf(config: ModelConfig): number | undefined {
  const isNull = config.values.sliding_window === null;
  return config.boolean("use_sliding_window", false) && !isNull
    ? config.size("sliding_window", 4096)
    : undefined;
}
