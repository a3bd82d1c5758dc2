import type { ModelConfig } from "../../model-source/model-config.js";
import { activate } from "../layers/activate.js";
import { float32Linear } from "../layers/linear.js";
import { meanOfTokens } from "../layers/mean-of-tokens.js";
import { ropeParameters } from "../layers/rope-parameters.js";
import type { Value } from "../onnx/graph-builder.js";
import type { Architecture } from "./architecture.js";
import { decoder, headSettings } from "./decoder.js";

/** Llama's layers, with attention in both directions. */
const layers = decoder({
  modelTypes: ["eurobert"],
  tokenizerClasses: { eurobert: "TokenizersBackend" },
  settings(config) {
    const rope = ropeParameters(config, { theta: 10_000, positions: 8192 });
    const hasBias = config.boolean("attention_bias", false);
    return {
      ...headSettings(config, { hidden: 768, layers: 12, heads: 12 }),
      epsilon: config.number("rms_norm_eps", 1e-5),
      activation: config.string("hidden_act", "silu"),
      hasBias,
      hasOutputBias: hasBias,
      hasFeedForwardBias: config.boolean("mlp_bias", false),
      layer: () => ({ rope, reach: undefined }),
      tiesEmbeddings: false,
    };
  },
});

/** transformers/models/eurobert/modeling_eurobert.py */
export const eurobert: Architecture = {
  modelTypes: layers.modelTypes,
  tokenizerClasses: layers.tokenizerClasses,
  prefix: layers.prefix,
  segments: layers.segments,
  encode: layers.encode,
  layersKey: "num_hidden_layers",
  classifier: "classifier.weight",
  classifiesFirstToken: (config) => poolingOf(config) === "bos",
  /** EuroBertForSequenceClassification; "late" is the mean of each token's logits. */
  classify(m, hidden) {
    const head = (x: Value) =>
      float32Linear(m, activate(m, float32Linear(m, x, "dense"), "gelu"), "classifier");
    const pooling = poolingOf(m.config);
    if (pooling === "late") return meanOfTokens(m, head(hidden));
    return head(pooling === "bos" ? m.firstToken(hidden) : meanOfTokens(m, hidden));
  },
};

const poolingOf = (config: ModelConfig) =>
  config.oneOf("classifier_pooling", ["bos", "mean", "late"], "late");
