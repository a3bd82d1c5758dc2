import { ettinReranker } from "./ettin-reranker.mjs";
import { qwen3Reranker } from "./qwen3-reranker.mjs";

/** Models in the shapes of well-known ones: config.json, and the tensors of the weights. */

const bert = (layers, hidden, heads, feedForward, more) => ({
  model_type: "bert",
  vocab_size: 30522,
  hidden_size: hidden,
  num_hidden_layers: layers,
  num_attention_heads: heads,
  intermediate_size: feedForward,
  hidden_act: "gelu",
  max_position_embeddings: 512,
  type_vocab_size: 2,
  layer_norm_eps: 1e-12,
  pad_token_id: 0,
  ...more,
});

/** Layers of BERT and of RoBERTa. */
function bertTensors(config, prefix) {
  const { hidden_size: hidden, intermediate_size: feedForward } = config;
  const tensors = [
    [`${prefix}embeddings.word_embeddings.weight`, [config.vocab_size, hidden]],
    [`${prefix}embeddings.position_embeddings.weight`, [config.max_position_embeddings, hidden]],
    [`${prefix}embeddings.token_type_embeddings.weight`, [config.type_vocab_size, hidden]],
    ...layerNorm(`${prefix}embeddings.LayerNorm`, hidden),
  ];
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const at = `${prefix}encoder.layer.${layer}.`;
    for (const name of ["self.query", "self.key", "self.value", "output.dense"]) {
      tensors.push(...linear(`${at}attention.${name}`, hidden, hidden));
    }
    tensors.push(
      ...layerNorm(`${at}attention.output.LayerNorm`, hidden),
      ...linear(`${at}intermediate.dense`, feedForward, hidden),
      ...linear(`${at}output.dense`, hidden, feedForward),
      ...layerNorm(`${at}output.LayerNorm`, hidden),
    );
  }
  return tensors;
}

function distilbertTensors(config) {
  const { dim, hidden_dim: feedForward } = config;
  const tensors = [
    ["embeddings.word_embeddings.weight", [config.vocab_size, dim]],
    ["embeddings.position_embeddings.weight", [config.max_position_embeddings, dim]],
    ...layerNorm("embeddings.LayerNorm", dim),
  ];
  for (let layer = 0; layer < config.n_layers; layer++) {
    const at = `transformer.layer.${layer}.`;
    for (const name of ["q_lin", "k_lin", "v_lin", "out_lin"])
      tensors.push(...linear(`${at}attention.${name}`, dim, dim));
    tensors.push(
      ...layerNorm(`${at}sa_layer_norm`, dim),
      ...linear(`${at}ffn.lin1`, feedForward, dim),
      ...linear(`${at}ffn.lin2`, dim, feedForward),
      ...layerNorm(`${at}output_layer_norm`, dim),
    );
  }
  return tensors;
}

const linear = (name, out, inputs) => [
  [`${name}.weight`, [out, inputs]],
  [`${name}.bias`, [out]],
];
const layerNorm = (name, size) => [
  [`${name}.weight`, [size]],
  [`${name}.bias`, [size]],
];

const oneLabel = { id2label: { 0: "LABEL_0" }, label2id: { LABEL_0: 0 } };

/**
 * @typedef {object} Shape
 * @property {"rerank" | "embed"} task
 * @property {"wordpiece" | "unigram" | "byteLevel"} tokenizer
 * @property {string} [likeTokenizer] folder of the real tokenizer among the development data
 * @property {object} config config.json
 * @property {() => [name: string, shape: number[]][]} tensors
 * @property {"F32" | "BF16"} [dtype] of the weights. Default: F32
 * @property {Record<string, string | object>} [files] others, by path
 * @property {Record<string, [name: string, shape: number[]][]>} [parts] tensors of modules, by folder
 */

/** @type {Record<string, Shape>} */
export const SHAPES = {
  "qwen3-reranker-0.6b": qwen3Reranker(),
  "qwen3-reranker-0.6b-f32": qwen3Reranker({ dtype: "F32" }),
  /** The same width with fewer layers, for trying a benchmark. */
  "qwen3-reranker-4-layers": qwen3Reranker({ layers: 4 }),
  "ettin-reranker-17m": ettin({ layers: 7, hidden: 256, heads: 4, feedForward: 384 }),
  "ettin-reranker-32m": ettin({ layers: 10, hidden: 384, heads: 6, feedForward: 576 }),
  "ettin-reranker-150m": ettin({ layers: 22, hidden: 768, heads: 12, feedForward: 1152 }),
  "minilm-l12-reranker": reranker("wordpiece", "ms-marco-MiniLM-L-6-v2", "bert.", {
    ...bert(12, 384, 12, 1536, oneLabel),
    architectures: ["BertForSequenceClassification"],
  }),
  "minilm-l6-reranker": reranker("wordpiece", "ms-marco-MiniLM-L-6-v2", "bert.", {
    ...bert(6, 384, 12, 1536, oneLabel),
    architectures: ["BertForSequenceClassification"],
  }),
  "bge-reranker-base": xlmReranker("bge-reranker-base", 514, 12, 768, 12, 3072),
  /** XLM-R large, whose tokenizer is bge-reranker-base's. */
  "bge-reranker-v2-m3": xlmReranker("bge-reranker-base", 8194, 24, 1024, 16, 4096),
  "minilm-l6": bertEncoder("all-MiniLM-L6-v2", 6, 384, 12, 1536),
  "bert-base": bertEncoder("bert-base-uncased", 12, 768, 12, 3072),
  "bert-small": bertEncoder("bert-base-uncased", 12, 384, 12, 1536),
  "bert-large": bertEncoder("bert-base-uncased", 24, 1024, 16, 4096),
  "modernbert-base": {
    ...ettin({ layers: 22, hidden: 768, heads: 12, feedForward: 1152 }),
    task: "embed",
    files: {},
    parts: {},
  },
  "distilbert-base": encoder(
    "bert-base-uncased",
    {
      model_type: "distilbert",
      architectures: ["DistilBertModel"],
      vocab_size: 30522,
      dim: 768,
      n_layers: 6,
      n_heads: 12,
      hidden_dim: 3072,
      activation: "gelu",
      max_position_embeddings: 512,
      pad_token_id: 0,
    },
    distilbertTensors,
  ),
};

function ettin(size) {
  return { likeTokenizer: "bert-base-uncased", ...ettinReranker(size) };
}

function reranker(tokenizer, likeTokenizer, prefix, config) {
  const hidden = config.hidden_size;
  const head =
    config.model_type === "bert"
      ? [...linear("bert.pooler.dense", hidden, hidden), ...linear("classifier", 1, hidden)]
      : [...linear("classifier.dense", hidden, hidden), ...linear("classifier.out_proj", 1, hidden)];
  return {
    task: "rerank",
    tokenizer,
    likeTokenizer,
    config,
    tensors: () => [...bertTensors(config, prefix), ...head],
  };
}

function xlmReranker(likeTokenizer, positions, ...sizes) {
  return reranker("unigram", likeTokenizer, "roberta.", {
    ...bert(...sizes, oneLabel),
    architectures: ["XLMRobertaForSequenceClassification"],
    model_type: "xlm-roberta",
    vocab_size: 250002,
    max_position_embeddings: positions,
    type_vocab_size: 1,
    layer_norm_eps: 1e-5,
    pad_token_id: 1,
    bos_token_id: 0,
    eos_token_id: 2,
  });
}

function encoder(likeTokenizer, config, tensors) {
  return { task: "embed", tokenizer: "wordpiece", likeTokenizer, config, tensors: () => tensors(config) };
}

function bertEncoder(likeTokenizer, ...sizes) {
  const config = { ...bert(...sizes), architectures: ["BertModel"] };
  return encoder(likeTokenizer, config, () => bertTensors(config, ""));
}
