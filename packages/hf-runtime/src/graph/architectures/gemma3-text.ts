import type { ModelConfig } from "../../model-source/model-config.js";
import { layerRopeParameters } from "../layers/rope-parameters.js";
import type { Reach } from "../layers/score-bias.js";
import { decoder, headSettings } from "./decoder.js";
import { gemmaSettings } from "./gemma.js";
import { capOf, GEMMA_SHAPE, queryScale, slidingWindow } from "./gemma2.js";
import { type LayerType, layerReach, layerTypes, looksBack } from "./layer-reach.js";

/**
 * Gemma 2 with norms of queries and keys, and a rotation for each kind of layer. transformers/models/gemma3/modeling_gemma3.py, whose
 * attention does not read `attn_logit_softcapping`.
 */
export const gemma3Text = decoder({
  modelTypes: ["gemma3_text"],
  tokenizerClasses: { gemma3_text: "GemmaTokenizer" },
  isGemma: true,
  normsHeads: true,
  normsResults: true,
  settings(config) {
    const heads = headSettings(config, GEMMA_SHAPE);
    const every = config.size("sliding_window_pattern", 6);
    const types = layerTypes(config, heads.layers, (i) =>
      (i + 1) % every === 0 ? "full_attention" : "sliding_attention",
    );
    return {
      ...gemmaSettings(config),
      ...heads,
      activation: config.string("hidden_activation", "gelu_pytorch_tanh"),
      scale: queryScale(config),
      logitSoftcap: capOf(config, "final_logit_softcapping"),
      layer: (index) => ({ rope: ropeOf(config, types[index]!), reach: reachOf(config, types[index]!) }),
    };
  },
});

const POSITIONS = 131_072;

function ropeOf(config: ModelConfig, layerType: LayerType) {
  return layerType === "full_attention"
    ? layerRopeParameters(
        config,
        { layerType, thetaKey: "rope_theta", scales: true },
        { theta: 1_000_000, positions: POSITIONS },
      )
    : layerRopeParameters(
        config,
        { layerType, thetaKey: "rope_local_base_freq", scales: false },
        { theta: 10_000, positions: POSITIONS },
      );
}

/** Tokens that a layer attends to. With `use_bidirectional_attention`, as in EmbeddingGemma, half of the window is on each side. */
function reachOf(config: ModelConfig, type: LayerType): Reach | undefined {
  const window = slidingWindow(config);
  const isBidirectional = config.boolean("use_bidirectional_attention", false);
  if (!isBidirectional || window === undefined) return layerReach(config, type, window);
  if (type === "full_attention") return undefined;
  const half = Math.floor(window / 2);
  // With `is_causal: false` as well, the window has one more position on each side.
  const reach = looksBack(config) ? half : half + 1;
  return { before: reach, after: reach };
}
