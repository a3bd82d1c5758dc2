import type { ModelConfig } from "../../model-source/model-config.js";
import { firstPositions } from "../layers/first-positions.js";
import { gatherRows } from "../layers/gather-rows.js";
import { layerNorm } from "../layers/layer-norm.js";
import { float32Linear } from "../layers/linear.js";
import { maskedLanguageHead } from "../layers/masked-language-head.js";
import type { ModelBuilder } from "../layers/model-builder.js";
import { type PostNormLayer, postNormLayer } from "../layers/post-norm-layer.js";
import { segments } from "../layers/segments.js";
import { sum } from "../layers/sum.js";
import type { Value } from "../onnx/graph-builder.js";
import type { Architecture } from "./architecture.js";
import { isJinaBert, jinaBertEncoder } from "./jina-bert-encoder.js";
import { tablePositions } from "./table-positions.js";

/** transformers/models/bert/modeling_bert.py */
export const bert: Architecture = {
  modelTypes: ["bert"],
  tokenizerClasses: { bert: "BertTokenizer" },
  prefix: "bert.",
  positions: (config) => (isJinaBert(config) ? undefined : tablePositions(config)),
  classifier: "classifier.weight",
  segments: (config) => config.integer("type_vocab_size", 2),
  encode: (m, firstOnly) =>
    isJinaBert(m.config)
      ? jinaBertEncoder(m, firstOnly)
      : bertEncoder(m, bertEmbeddings(m, firstPositions(m, POSITIONS)), firstOnly),
  classifiesFirstToken: () => true,
  maskedLogits: (m, hidden) =>
    maskedLanguageHead(m, hidden, {
      dense: "cls.predictions.transform.dense",
      norm: "cls.predictions.transform.LayerNorm",
      decoder: "cls.predictions.decoder",
      words: WORDS,
      bias: "cls.predictions.bias",
      activation: m.config.string("hidden_act", "gelu"),
      epsilon: epsilonOf(m.config),
    }),
  classify: (m, hidden) => float32Linear(m, bertPooler(m, hidden), "classifier"),
  layersKey: "num_hidden_layers",
  pool: bertPooler,
};

/** BertPooler: [batch, any, hidden] → [batch, hidden]. */
export function bertPooler(m: ModelBuilder, hidden: Value): Value {
  return m.graph.op("Tanh", [float32Linear(m, m.firstToken(hidden), "pooler.dense")]);
}

/** Name of the word embeddings in BERT and similar models. */
export const WORDS = "embeddings.word_embeddings.weight";

/** Name of the position embeddings in BERT and similar models. */
export const POSITIONS = "embeddings.position_embeddings.weight";

/**
 * BertEmbeddings: the sum of word, segment and position embeddings, normalised: [batch, tokens, width].
 * @param others further embeddings that a similar model adds
 */
export function bertEmbeddings(m: ModelBuilder, positions: Value, ...others: readonly Value[]): Value {
  // Transformers 5 has no other kind. Results for relative_key of earlier versions would be wrong.
  m.config.oneOf("position_embedding_type", ["absolute"], "absolute");
  const words = gatherRows(m, WORDS, m.inputs.ids);
  const summed = sum(m, words, segments(m, "embeddings.token_type_embeddings.weight"), positions, ...others);
  return layerNorm(m, summed, "embeddings.LayerNorm", epsilonOf(m.config));
}

/** BertEncoder */
export function bertEncoder(m: ModelBuilder, embedded: Value, firstOnly: boolean): Value {
  const layers = m.config.layers("num_hidden_layers", 12);
  let hidden = embedded;
  for (let i = 0; i < layers; i++) {
    const layer = bertLayer(`encoder.layer.${i}`, m.config);
    hidden = postNormLayer(m, hidden, layer, firstOnly && i === layers - 1);
  }
  return hidden;
}

export const epsilonOf = (config: ModelConfig) => config.number("layer_norm_eps", 1e-12);

/** BertLayer */
function bertLayer(name: string, config: ModelConfig): PostNormLayer {
  return {
    query: `${name}.attention.self.query`,
    key: `${name}.attention.self.key`,
    value: `${name}.attention.self.value`,
    output: `${name}.attention.output.dense`,
    attentionNorm: `${name}.attention.output.LayerNorm`,
    up: `${name}.intermediate.dense`,
    down: `${name}.output.dense`,
    feedForwardNorm: `${name}.output.LayerNorm`,
    heads: config.size("num_attention_heads", 12),
    activation: config.string("hidden_act", "gelu"),
    epsilon: epsilonOf(config),
  };
}
