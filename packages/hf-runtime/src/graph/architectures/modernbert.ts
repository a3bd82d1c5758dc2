import type { ModelConfig } from "../../model-source/model-config.js";
import { activate } from "../layers/activate.js";
import { gatherRows } from "../layers/gather-rows.js";
import { layerNorm } from "../layers/layer-norm.js";
import { float32Linear, linear } from "../layers/linear.js";
import { maskedLanguageHead } from "../layers/masked-language-head.js";
import { meanOfTokens } from "../layers/mean-of-tokens.js";
import type { ModelBuilder } from "../layers/model-builder.js";
import { layerRopeParameters, type RopeParameters } from "../layers/rope-parameters.js";
import { rotate } from "../layers/rotate.js";
import { ropeRotation } from "../layers/rotation.js";
import type { ScoreBias } from "../layers/score-bias.js";
import { headSize, projectedAttention } from "../layers/self-attention.js";
import { splitInto } from "../layers/split-into.js";
import { sum } from "../layers/sum.js";
import { windowBias } from "../layers/window-bias.js";
import type { Value } from "../onnx/graph-builder.js";
import type { Architecture } from "./architecture.js";
import type { LayerType } from "./layer-reach.js";

/** An encoder with rotary positions, a gated feed-forward part, and mostly local layers. transformers/models/modernbert/modeling_modernbert.py */
export const modernbert: Architecture = {
  modelTypes: ["modernbert"],
  // What its repositories name is ignored, because some name a wrong class.
  tokenizerClasses: { modernbert: "TokenizersBackend" },
  prefix: "model.",
  classifier: "classifier.weight",
  segments: () => 0,
  layersKey: "num_hidden_layers",
  encode(m, firstOnly) {
    const words = gatherRows(m, "embeddings.tok_embeddings.weight", m.inputs.ids);
    let hidden = layerNorm(m, words, "embeddings.norm", epsilonOf(m.config));
    const layers = m.config.layers("num_hidden_layers", 22);
    for (let i = 0; i < layers; i++) hidden = encoderLayer(m, hidden, i, firstOnly && i === layers - 1);
    return m.lastNorm(hidden, (last) => layerNorm(m, last, "final_norm", epsilonOf(m.config)));
  },
  classifiesFirstToken: (config) => config.oneOf("classifier_pooling", ["cls", "mean"], "cls") === "cls",
  maskedLogits: (m, hidden) =>
    maskedLanguageHead(m, hidden, {
      dense: "head.dense",
      norm: "head.norm",
      decoder: "decoder",
      words: "embeddings.tok_embeddings.weight",
      bias: "decoder.bias",
      activation: m.config.string("classifier_activation", "gelu"),
      epsilon: epsilonOf(m.config),
    }),
  classify(m, hidden) {
    const first = modernbert.classifiesFirstToken(m.config);
    const dense = float32Linear(m, first ? m.firstToken(hidden) : meanOfTokens(m, hidden), "head.dense");
    const activated = activate(m, dense, m.config.string("classifier_activation", "gelu"));
    return float32Linear(m, layerNorm(m, activated, "head.norm", epsilonOf(m.config)), "classifier");
  },
};

const epsilonOf = (config: ModelConfig) => config.number("norm_eps", 1e-5);

/** ModernBertEncoderLayer: norms before attention and feed-forward. The first layer's input is already normalised. */
function encoderLayer(m: ModelBuilder, x: Value, index: number, firstOnly: boolean): Value {
  const name = `layers.${index}`;
  const normed = index === 0 ? x : layerNorm(m, x, `${name}.attn_norm`, epsilonOf(m.config));
  const found = attention(m, normed, `${name}.attn`, isLocal(m.config, index), firstOnly);
  const attended = sum(m, firstOnly ? m.firstRow(x) : x, found);
  const fed = gatedFeedForward(
    m,
    layerNorm(m, attended, `${name}.mlp_norm`, epsilonOf(m.config)),
    `${name}.mlp`,
  );
  return sum(m, attended, fed);
}

/** ModernBertAttention */
function attention(m: ModelBuilder, x: Value, name: string, local: boolean, firstOnly: boolean): Value {
  const heads = m.config.size("num_attention_heads", 12);
  const width = (m.shape(`${name}.Wqkv.weight`)[0] ?? 0) / 3;
  const [query = "", key = "", value = ""] = splitInto(m, linear(m, x, `${name}.Wqkv`), [
    width,
    width,
    width,
  ]);
  const size = headSize(width, heads);
  const rope = modernbertRope(m.config, local ? "sliding_attention" : "full_attention");
  const rotation = ropeRotation(m, rope, size);
  // The first token is rotated by the angle 0, so it is unchanged. Other kinds of rotation may also scale it.
  const isUnrotated = firstOnly && rope.type === "default";
  const rotated = isUnrotated ? query : rotate(m, query, rotation, heads);
  const queries = firstOnly ? m.firstRow(rotated) : rotated;
  const bias = local ? localBias(m) : undefined;
  const projected = [queries, rotate(m, key, rotation, heads), value] as const;
  const found = projectedAttention(m, projected, { heads, size, bias, firstOnly });
  return linear(m, found, `${name}.Wo`);
}

/** ModernBertMLP: the activated first half of the first layer's output, times the second half. */
function gatedFeedForward(m: ModelBuilder, x: Value, name: string): Value {
  const width = (m.shape(`${name}.Wi.weight`)[0] ?? 0) / 2;
  const [input = "", gate = ""] = splitInto(m, linear(m, x, `${name}.Wi`), [width, width]);
  const activated = activate(m, input, m.config.string("hidden_activation", "gelu"));
  return linear(m, m.sameRows(m.graph.op("Mul", [activated, gate]), x), `${name}.Wo`);
}

/** Whether a layer is local, by `layer_types` or by the older `global_attn_every_n_layers`. */
function isLocal(config: ModelConfig, index: number): boolean {
  const types = config.strings("layer_types");
  if (types !== undefined) return types[index] === "sliding_attention";
  return index % config.size("global_attn_every_n_layers", 3) !== 0;
}

/** The rotation of a kind of layers. Newer files have it in `rope_parameters`. */
export function modernbertRope(config: ModelConfig, layerType: LayerType): RopeParameters {
  const isFull = layerType === "full_attention";
  return layerRopeParameters(
    config,
    { layerType, thetaKey: isFull ? "global_rope_theta" : "local_rope_theta", scales: true },
    { theta: isFull ? 160_000 : 10_000, positions: 8192 },
  );
}

/** `sliding_window`, or half of `local_attention`, on each side of the query. */
function localBias(m: ModelBuilder): ScoreBias {
  const { config } = m;
  const half = Math.floor(config.size("local_attention", 128) / 2);
  const reach = config.has("sliding_window") ? config.size("sliding_window") : half;
  return windowBias(m, { before: reach, after: reach });
}
