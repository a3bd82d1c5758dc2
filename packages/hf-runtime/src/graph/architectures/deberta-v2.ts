import type { ModelConfig } from "../../model-source/model-config.js";
import { activate } from "../layers/activate.js";
import {
  disentangledAttention,
  positionTypes,
  type RelativePositions,
  relativePositions,
} from "../layers/disentangled-attention.js";
import { firstPositions } from "../layers/first-positions.js";
import { gatherRows } from "../layers/gather-rows.js";
import { addAndNorm, layerNorm } from "../layers/layer-norm.js";
import { float32Linear, linear } from "../layers/linear.js";
import type { ModelBuilder } from "../layers/model-builder.js";
import { feedForward } from "../layers/post-norm-layer.js";
import { segments } from "../layers/segments.js";
import { headSize } from "../layers/self-attention.js";
import { sum } from "../layers/sum.js";
import type { Value } from "../onnx/graph-builder.js";
import type { Architecture } from "./architecture.js";
import { POSITIONS } from "./bert.js";
import { tablePositions } from "./table-positions.js";

/** DeBERTa v2 and v3, which differ only in their configuration. transformers/models/deberta_v2/modeling_deberta_v2.py */
export const debertaV2: Architecture = {
  modelTypes: ["deberta-v2"],
  tokenizerClasses: { "deberta-v2": "DebertaV2Tokenizer" },
  prefix: "deberta.",
  positions: (config) => (config.boolean("position_biased_input", true) ? tablePositions(config) : undefined),
  classifier: "classifier.weight",
  segments: (config) => config.integer("type_vocab_size", 0),
  encode(m, firstOnly) {
    const embedded = debertaEmbeddings(m);
    const layers = m.config.layers("num_hidden_layers", 24);
    const convolved = m.config.integer("conv_kernel_size", 0) > 0;
    const positions = relativePositions(m, {
      buckets: m.config.integer("position_buckets", -1),
      isNormed: normsPositions(m.config),
    });
    let hidden = embedded;
    for (let i = 0; i < layers; i++) {
      // The convolution after the first layer needs all tokens.
      const cut = firstOnly && i === layers - 1 && !(convolved && i === 0);
      const name = `encoder.layer.${i}`;
      const queries = cut ? m.firstRow(hidden) : hidden;
      const found = attention(m, queries, hidden, `${name}.attention.self`, positions, cut);
      hidden = debertaLayerEnd(m, found, queries, name);
      if (convolved && i === 0) hidden = convLayer(m, embedded, hidden);
    }
    return firstOnly ? m.firstRow(hidden) : hidden;
  },
  layersKey: "num_hidden_layers",
  classifiesFirstToken: () => true,
  /** ContextPooler and classifier */
  classify(m, hidden) {
    const dense = float32Linear(m, m.firstToken(hidden), "pooler.dense");
    return float32Linear(m, activate(m, dense, m.config.string("pooler_hidden_act", "gelu")), "classifier");
  },
};

const epsilonOf = (config: ModelConfig) => config.number("layer_norm_eps", 1e-7);

function attention(
  m: ModelBuilder,
  queries: Value,
  tokens: Value,
  name: string,
  positions: RelativePositions | undefined,
  firstOnly: boolean,
): Value {
  const { config } = m;
  const [query, key, value] = [`${name}.query_proj`, `${name}.key_proj`, `${name}.value_proj`];
  const heads = config.size("num_attention_heads", 24);
  const size = headSize(m.shape(`${query}.weight`)[0] ?? 0, heads);
  const named = positionTypes(config);
  const types = ["c2p", "p2c"].filter((type) => named.includes(type));
  const shared = config.boolean("share_att_key", false);
  return disentangledAttention(
    m,
    [linear(m, queries, query), linear(m, tokens, key), linear(m, tokens, value)],
    {
      heads,
      positions,
      ofKeys: types.includes("c2p") ? (shared ? key : `${name}.pos_key_proj`) : undefined,
      ofQueries: types.includes("p2c") ? (shared ? query : `${name}.pos_query_proj`) : undefined,
      scale: 1 / Math.sqrt(size * (1 + types.length)),
      firstOnly,
    },
  );
}

/** Whether relative positions are normalised: `norm_rel_ebd` has names separated by bars. */
function normsPositions(config: ModelConfig): boolean {
  const kinds = config.string("norm_rel_ebd", "none").toLowerCase().split("|");
  return kinds.some((kind) => kind.trim() === "layer_norm");
}

/** The part of a layer after attention: the output projection and the feed-forward part, each added to its input and normalised. */
export function debertaLayerEnd(m: ModelBuilder, found: Value, queries: Value, name: string): Value {
  const { config } = m;
  const epsilon = epsilonOf(config);
  const output = linear(m, found, `${name}.attention.output.dense`);
  const attended = addAndNorm(m, output, queries, `${name}.attention.output.LayerNorm`, epsilon);
  return feedForward(m, attended, {
    up: `${name}.intermediate.dense`,
    down: `${name}.output.dense`,
    feedForwardNorm: `${name}.output.LayerNorm`,
    activation: config.string("hidden_act", "gelu"),
    epsilon,
  });
}

/** The sum of word, position and segment embeddings (those that exist), normalised. Padding becomes zero. */
export function debertaEmbeddings(m: ModelBuilder): Value {
  const parts = [gatherRows(m, "embeddings.word_embeddings.weight", m.inputs.ids)];
  if (m.config.boolean("position_biased_input", true)) parts.push(firstPositions(m, POSITIONS));
  if (m.config.integer("type_vocab_size", 0) > 0)
    parts.push(segments(m, "embeddings.token_type_embeddings.weight"));
  const summed = sum(m, ...(parts as [Value, ...Value[]]));
  const projected = m.has("embeddings.embed_proj.weight")
    ? linear(m, summed, "embeddings.embed_proj")
    : summed;
  return withoutPadding(m, layerNorm(m, projected, "embeddings.LayerNorm", epsilonOf(m.config)));
}

/** ConvLayer: a convolution over neighbouring embeddings, added to the first layer's states: [batch, tokens, hidden]. */
function convLayer(m: ModelBuilder, embedded: Value, states: Value): Value {
  const { graph, config } = m;
  const name = "encoder.conv";
  const size = config.size("conv_kernel_size");
  const padding = Math.floor((size - 1) / 2);
  const transposed = graph.op("Transpose", [embedded], { perm: [0, 2, 1] });
  const weights = [m.weight(`${name}.conv.weight`, 3), m.weight(`${name}.conv.bias`, 1)];
  const convolved = graph.op("Conv", [transposed, ...weights], {
    kernel_shape: [size],
    pads: [padding, padding],
    group: config.size("conv_groups", 1),
  });
  const back = withoutPadding(m, graph.op("Transpose", [convolved], { perm: [0, 2, 1] }));
  const activated = activate(m, back, config.string("conv_act", "tanh"));
  return withoutPadding(m, addAndNorm(m, states, activated, `${name}.LayerNorm`, epsilonOf(config)));
}

/** Sets the vectors of padding to zero: [batch, tokens, hidden]. */
function withoutPadding(m: ModelBuilder, x: Value): Value {
  const { graph } = m;
  const column = m.once("mask column", () => graph.op("Unsqueeze", [m.floatMask, graph.int64s([2])]));
  return graph.op("Mul", [x, column]);
}
