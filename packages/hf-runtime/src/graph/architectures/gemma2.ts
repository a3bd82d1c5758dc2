import type { ModelConfig } from "../../model-source/model-config.js";
import { ropeParameters } from "../layers/rope-parameters.js";
import { decoder, headSettings } from "./decoder.js";
import { gemmaSettings } from "./gemma.js";
import { layerReach, layerTypes } from "./layer-reach.js";

/**
 * Gemma with more norms, capped scores and a window in every second layer. transformers/models/gemma2/modeling_gemma2.py, whose
 * attention does not read `use_bidirectional_attention`.
 */
export const gemma2 = decoder({
  modelTypes: ["gemma2"],
  tokenizerClasses: { gemma2: "GemmaTokenizer" },
  isGemma: true,
  normsResults: true,
  settings(config) {
    const heads = headSettings(config, GEMMA_SHAPE);
    const rope = ropeParameters(config, { theta: 10_000, positions: 8192 });
    const types = layerTypes(config, heads.layers, (i) =>
      i % 2 === 0 ? "sliding_attention" : "full_attention",
    );
    return {
      ...gemmaSettings(config),
      ...heads,
      activation: config.string("hidden_activation", "gelu_pytorch_tanh"),
      scale: queryScale(config),
      softcap: capOf(config, "attn_logit_softcapping", 50),
      logitSoftcap: capOf(config, "final_logit_softcapping", 30),
      layer: (index) => ({ rope, reach: layerReach(config, types[index]!, slidingWindow(config)) }),
    };
  },
});

/** Defaults of Gemma 2's and 3's classes. */
export const GEMMA_SHAPE = { hidden: 2304, layers: 26, heads: 8, keyValueHeads: 4, size: 256 } as const;

/** Scale of the scores. */
export const queryScale = (config: ModelConfig) => config.number("query_pre_attn_scalar", 256) ** -0.5;

/** The sliding window: none for null, the class's default for a missing key. */
export function slidingWindow(config: ModelConfig): number | undefined {
  return config.values.sliding_window === null ? undefined : config.size("sliding_window", 4096);
}

/** A cap of scores or logits: none for null, the class's default for a missing key. */
export function capOf(config: ModelConfig, key: string, fallback?: number): number | undefined {
  if (config.values[key] === null || (fallback === undefined && !config.has(key))) return undefined;
  return config.number(key, fallback);
}
