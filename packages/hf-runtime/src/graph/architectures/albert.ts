import { ModelConfigError } from "../../errors/model-config-error.js";
import { MAX_LAYERS, type ModelConfig } from "../../model-source/model-config.js";
import { firstPositions } from "../layers/first-positions.js";
import { float32Linear, linear } from "../layers/linear.js";
import { maskedLanguageHead } from "../layers/masked-language-head.js";
import type { ModelBuilder } from "../layers/model-builder.js";
import { type PostNormLayer, postNormLayer } from "../layers/post-norm-layer.js";
import type { Value } from "../onnx/graph-builder.js";
import type { Architecture } from "./architecture.js";
import { bertEmbeddings, epsilonOf, POSITIONS, WORDS } from "./bert.js";
import { tablePositions } from "./table-positions.js";

/** BERT whose layers share their weights in groups. transformers/models/albert/modeling_albert.py */
export const albert: Architecture = {
  modelTypes: ["albert"],
  tokenizerClasses: { albert: "AlbertTokenizer" },
  prefix: "albert.",
  positions: (config) => tablePositions(config),
  classifier: "classifier.weight",
  segments: (config) => config.integer("type_vocab_size", 2),
  encode(m, firstOnly) {
    const embedded = bertEmbeddings(m, firstPositions(m, POSITIONS));
    let hidden = linear(m, embedded, "encoder.embedding_hidden_mapping_in");
    const layers = sharedLayers(m.config);
    for (const [i, name] of layers.entries()) {
      const last = i === layers.length - 1;
      hidden = postNormLayer(m, hidden, albertLayer(name, m.config), firstOnly && last);
    }
    return hidden;
  },
  classifiesFirstToken: () => true,
  maskedLogits: (m, hidden) =>
    maskedLanguageHead(m, hidden, {
      dense: "predictions.dense",
      norm: "predictions.LayerNorm",
      decoder: "predictions.decoder",
      words: WORDS,
      bias: "predictions.bias",
      activation: m.config.string("hidden_act", "gelu_new"),
      epsilon: epsilonOf(m.config),
    }),
  classify: (m, hidden) => float32Linear(m, pool(m, hidden), "classifier"),
  pool,
};

/** Names of each layer's weights, in order: AlbertTransformer over AlbertLayerGroups. */
function sharedLayers(config: ModelConfig): string[] {
  const layers = config.layers("num_hidden_layers", 12);
  const groups = config.size("num_hidden_groups", 1);
  const inner = config.layers("inner_group_num", 1);
  if (layers * inner > MAX_LAYERS) {
    throw new ModelConfigError("inner_group_num", `at most ${MAX_LAYERS} layers in total`, inner);
  }
  return Array.from({ length: layers * inner }, (_, i) => {
    const group = Math.floor(Math.floor(i / inner) / (layers / groups));
    return `encoder.albert_layer_groups.${group}.albert_layers.${i % inner}`;
  });
}

/** AlbertLayer */
function albertLayer(name: string, config: ModelConfig): PostNormLayer {
  return {
    query: `${name}.attention.query`,
    key: `${name}.attention.key`,
    value: `${name}.attention.value`,
    output: `${name}.attention.dense`,
    attentionNorm: `${name}.attention.LayerNorm`,
    up: `${name}.ffn`,
    down: `${name}.ffn_output`,
    feedForwardNorm: `${name}.full_layer_layer_norm`,
    heads: config.size("num_attention_heads", 12),
    activation: config.string("hidden_act", "gelu_new"),
    epsilon: epsilonOf(config),
  };
}

/** AlbertModel's pooler: [batch, any, hidden] → [batch, hidden]. */
function pool(m: ModelBuilder, hidden: Value): Value {
  return m.graph.op("Tanh", [float32Linear(m, m.firstToken(hidden), "pooler")]);
}
