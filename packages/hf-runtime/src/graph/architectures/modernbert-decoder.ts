import type { ModelConfig } from "../../model-source/model-config.js";
import { activate } from "../layers/activate.js";
import { gatherRows } from "../layers/gather-rows.js";
import { groupedAttention } from "../layers/grouped-attention.js";
import { lastTokenBut } from "../layers/last-token-but.js";
import { layerNorm } from "../layers/layer-norm.js";
import { float32Linear, float32MatMul, linear, matMul } from "../layers/linear.js";
import type { ModelBuilder } from "../layers/model-builder.js";
import { ropeRotation } from "../layers/rotation.js";
import { headSize } from "../layers/self-attention.js";
import { splitInto } from "../layers/split-into.js";
import { sum } from "../layers/sum.js";
import { windowBias } from "../layers/window-bias.js";
import type { Value } from "../onnx/graph-builder.js";
import type { Architecture } from "./architecture.js";
import { checkRows, mayFollowPrefix, padIdOf, rowsOf } from "./decoder.js";
import { type LayerType, layerReach, layerTypes } from "./layer-reach.js";
import { modernbertRope } from "./modernbert.js";

const EMBEDDINGS = "embeddings.tok_embeddings.weight";

/** ModernBERT with attention only backwards. transformers/models/modernbert_decoder/modeling_modernbert_decoder.py */
export const modernbertDecoder: Architecture = {
  modelTypes: ["modernbert-decoder"],
  tokenizerClasses: { "modernbert-decoder": "TokenizersBackend" },
  isDecoder: true,
  sharedPrefix(config) {
    const layers = config.layers("num_hidden_layers", 22);
    const mayShare = layerTypesOf(config, layers).every((type) =>
      mayFollowPrefix({
        rope: modernbertRope(config, type),
        reach: layerReach(config, type, windowOf(config)),
      }),
    );
    return mayShare ? { layers, width: config.size("hidden_size", 768) } : undefined;
  },
  prefix: "model.",
  classifier: "classifier.weight",
  segments: () => 0,
  layersKey: "num_hidden_layers",
  encode(m, firstOnly) {
    const words = gatherRows(m, EMBEDDINGS, m.inputs.ids);
    let hidden = layerNorm(m, words, "embeddings.norm", epsilonOf(m.config));
    const layers = m.config.layers("num_hidden_layers", 22);
    const types = layerTypesOf(m.config, layers);
    for (let i = 0; i < layers; i++) hidden = decoderLayer(m, hidden, i, types[i]!);
    hidden = m.lastNorm(hidden, (last) => layerNorm(m, last, "final_norm", epsilonOf(m.config)));
    return firstOnly ? m.firstRow(hidden) : hidden;
  },
  classifiesFirstToken: () => false,
  classify(m, hidden) {
    const read = predictionHead(m, lastTokenBut(m, hidden, padIdOf(m.config)), "head");
    const hasBias = m.config.boolean("classifier_bias", false);
    return hasBias ? float32Linear(m, read, "classifier") : float32MatMul(m, read, "classifier.weight");
  },
  tokenLogits(m, hidden, ids) {
    const { graph, config } = m;
    const isTied = config.boolean("tie_word_embeddings", true) && !m.has("decoder.weight");
    const rows = rowsOf(m, isTied ? EMBEDDINGS : "decoder.weight", ids);
    const logits = graph.op("MatMul", [predictionHead(m, hidden, "lm_head"), rows]);
    if (!config.boolean("decoder_bias", true) || !m.has("decoder.bias")) return logits;
    return graph.op("Add", [logits, graph.op("Gather", [m.weight("decoder.bias", 1), graph.int64s(ids)])]);
  },
};

const epsilonOf = (config: ModelConfig) => config.number("norm_eps", 1e-5);

function layerTypesOf(config: ModelConfig, layers: number): readonly LayerType[] {
  const every = config.size("global_attn_every_n_layers", 3);
  return layerTypes(config, layers, (i) => (i % every === 0 ? "full_attention" : "sliding_attention"));
}

/** ModernBertDecoderPredictionHead: [batch, hidden] → [batch, hidden]. */
function predictionHead(m: ModelBuilder, x: Value, name: string): Value {
  const hasBias = m.config.boolean("classifier_bias", false);
  const dense = hasBias ? float32Linear(m, x, `${name}.dense`) : float32MatMul(m, x, `${name}.dense.weight`);
  const activated = activate(m, dense, m.config.string("classifier_activation", "gelu"));
  return layerNorm(m, activated, `${name}.norm`, epsilonOf(m.config));
}

/** ModernBertDecoderLayer. The first layer's input is already normalised. */
function decoderLayer(m: ModelBuilder, x: Value, index: number, type: LayerType): Value {
  const name = `layers.${index}`;
  const normed = index === 0 ? x : layerNorm(m, x, `${name}.attn_norm`, epsilonOf(m.config));
  const attended = sum(m, x, attention(m, normed, `${name}.attn`, type));
  const fed = feedForward(m, layerNorm(m, attended, `${name}.mlp_norm`, epsilonOf(m.config)), `${name}.mlp`);
  return sum(m, attended, fed);
}

function attention(m: ModelBuilder, x: Value, name: string, type: LayerType): Value {
  const { config } = m;
  const heads = config.size("num_attention_heads", 12);
  const size = headSize(config.size("hidden_size", 768), heads);
  checkRows(m, `${name}.q_proj`, heads, size);
  const hasBias = config.boolean("attention_bias", false);
  const reach = layerReach(config, type, windowOf(config));
  return groupedAttention(m, x, {
    names: { query: `${name}.q_proj`, key: `${name}.k_proj`, value: `${name}.v_proj`, output: `${name}.Wo` },
    heads,
    keyValueHeads: heads,
    size,
    rotation: ropeRotation(m, modernbertRope(config, type), size),
    hasBias,
    hasOutputBias: hasBias,
    bias: reach && windowBias(m, reach),
  });
}

/** `sliding_window`, or half of `local_attention`, which is ModernBERT's window on both sides. */
function windowOf(config: ModelConfig): number | undefined {
  if (config.has("sliding_window")) return config.size("sliding_window");
  const local = config.values.local_attention === null ? 0 : config.integer("local_attention", 128);
  return local < 2 ? undefined : Math.floor(local / 2);
}

/** ModernBertDecoderMLP: the activated first half of the first layer's output, times the second half. */
function feedForward(m: ModelBuilder, x: Value, name: string): Value {
  const layer = m.config.boolean("mlp_bias", false) ? linear : matMul;
  const width = (m.shape(`${name}.Wi.weight`)[0] ?? 0) / 2;
  const [input = "", gate = ""] = splitInto(m, layer(m, x, `${name}.Wi`), [width, width]);
  const activated = activate(m, input, m.config.string("hidden_activation", "gelu"));
  return layer(m, m.sameRows(m.graph.op("Mul", [activated, gate]), x), `${name}.Wo`);
}
