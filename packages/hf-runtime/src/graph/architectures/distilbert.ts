import type { ModelConfig } from "../../model-source/model-config.js";
import { firstPositions } from "../layers/first-positions.js";
import { gatherRows } from "../layers/gather-rows.js";
import { layerNorm } from "../layers/layer-norm.js";
import { float32Linear } from "../layers/linear.js";
import { maskedLanguageHead } from "../layers/masked-language-head.js";
import { type PostNormLayer, postNormLayer } from "../layers/post-norm-layer.js";
import { sum } from "../layers/sum.js";
import type { Architecture } from "./architecture.js";
import { POSITIONS, WORDS } from "./bert.js";
import { tablePositions } from "./table-positions.js";

/** Fixed in the Python code; config.json cannot change it. */
const EPSILON = 1e-12;

/** transformers/models/distilbert/modeling_distilbert.py */
export const distilbert: Architecture = {
  modelTypes: ["distilbert"],
  tokenizerClasses: { distilbert: "BertTokenizer" },
  prefix: "distilbert.",
  positions: (config) => tablePositions(config),
  classifier: "classifier.weight",
  segments: () => 0,
  encode(m, firstOnly) {
    const words = gatherRows(m, WORDS, m.inputs.ids);
    let hidden = layerNorm(m, sum(m, words, firstPositions(m, POSITIONS)), "embeddings.LayerNorm", EPSILON);
    const layers = m.config.layers("n_layers", 6);
    for (let i = 0; i < layers; i++) {
      hidden = postNormLayer(m, hidden, transformerBlock(i, m.config), firstOnly && i === layers - 1);
    }
    return hidden;
  },
  layersKey: "n_layers",
  classifiesFirstToken: () => true,
  maskedLogits: (m, hidden) =>
    maskedLanguageHead(m, hidden, {
      dense: "vocab_transform",
      norm: "vocab_layer_norm",
      decoder: "vocab_projector",
      words: WORDS,
      bias: "vocab_projector.bias",
      activation: m.config.string("activation", "gelu"),
      epsilon: EPSILON,
    }),
  classify(m, hidden) {
    const pooled = m.graph.op("Relu", [float32Linear(m, m.firstToken(hidden), "pre_classifier")]);
    return float32Linear(m, pooled, "classifier");
  },
};

/** TransformerBlock */
function transformerBlock(index: number, config: ModelConfig): PostNormLayer {
  const name = `transformer.layer.${index}`;
  return {
    query: `${name}.attention.q_lin`,
    key: `${name}.attention.k_lin`,
    value: `${name}.attention.v_lin`,
    output: `${name}.attention.out_lin`,
    attentionNorm: `${name}.sa_layer_norm`,
    up: `${name}.ffn.lin1`,
    down: `${name}.ffn.lin2`,
    feedForwardNorm: `${name}.output_layer_norm`,
    heads: config.size("n_heads", 12),
    activation: config.string("activation", "gelu"),
    epsilon: EPSILON,
  };
}
