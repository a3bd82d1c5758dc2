import { ropeParameters } from "../layers/rope-parameters.js";
import { decoder, headSettings } from "./decoder.js";
import { layerReach } from "./layer-reach.js";
import { textOfMedia, withPlainRope } from "./text-of-media.js";

/**
 * The text half of Qwen3-VL. It equals Qwen3 without windows, because a text token has the same position in all three directions.
 * transformers/models/qwen3_vl/modeling_qwen3_vl.py
 */
export const qwen3Vl = textOfMedia(
  decoder({
    modelTypes: ["qwen3_vl", "qwen3_vl_text"],
    tokenizerClasses: { qwen3_vl: "Qwen2Tokenizer", qwen3_vl_text: "TokenizersBackend" },
    normsHeads: true,
    settings(given) {
      const config = withPlainRope(given);
      const rope = ropeParameters(config, { theta: 500_000, positions: 128_000 });
      const hasBias = config.boolean("attention_bias", false);
      return {
        ...headSettings(config, { hidden: 4096, layers: 32, heads: 32, keyValueHeads: 32, size: 128 }),
        activation: config.string("hidden_act", "silu"),
        hasBias,
        hasOutputBias: hasBias,
        hasFeedForwardBias: false,
        tiesEmbeddings: config.boolean("tie_word_embeddings", false),
        layer: () => ({ rope, reach: layerReach(config, "full_attention", undefined) }),
      };
    },
  }),
);
