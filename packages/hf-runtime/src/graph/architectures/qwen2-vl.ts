import { ModelConfig } from "../../model-source/model-config.js";
import { decoder, headSettings } from "./decoder.js";
import { qwenSettings } from "./qwen2.js";
import { textOfMedia, withPlainRope } from "./text-of-media.js";

/**
 * The text half of Qwen2-VL and Qwen2.5-VL. It equals Qwen2, because a text token has the same position in all three directions.
 * transformers/models/qwen2_vl/modeling_qwen2_vl.py
 */
export const qwen2Vl = textOfMedia(
  decoder({
    modelTypes: ["qwen2_vl", "qwen2_5_vl", "qwen2_vl_text", "qwen2_5_vl_text"],
    tokenizerClasses: {
      qwen2_vl: "Qwen2Tokenizer",
      qwen2_5_vl: "Qwen2Tokenizer",
      qwen2_vl_text: "TokenizersBackend",
      qwen2_5_vl_text: "TokenizersBackend",
    },
    settings(given) {
      const values = { max_window_layers: 80, rms_norm_eps: 1e-5, rope_theta: 1_000_000, ...given.values };
      const config = withPlainRope(new ModelConfig(values));
      return {
        ...qwenSettings(config),
        ...headSettings(config, { hidden: 8192, layers: 80, heads: 64, keyValueHeads: 8 }),
        hasBias: true,
        hasOutputBias: false,
      };
    },
  }),
);
