import type { ModelConfig } from "../../model-source/model-config.js";
import { byOffset } from "../layers/by-offset.js";
import { gatherRows } from "../layers/gather-rows.js";
import { layerNorm } from "../layers/layer-norm.js";
import type { ModelBuilder } from "../layers/model-builder.js";
import { MPNET_REACH, mpnetBucket } from "../layers/mpnet-bucket.js";
import { offsets } from "../layers/offsets.js";
import { positionsPastPadding } from "../layers/positions-past-padding.js";
import { type PostNormLayer, postNormLayer } from "../layers/post-norm-layer.js";
import type { ScoreBias } from "../layers/score-bias.js";
import { sum } from "../layers/sum.js";
import type { Architecture } from "./architecture.js";
import { bertPooler, epsilonOf, POSITIONS, WORDS } from "./bert.js";
import { classificationHead, robertaLanguageHead } from "./roberta.js";
import { tablePositions } from "./table-positions.js";

/** Fixed in the Python code; config.json cannot change it. */
const PAD_ID = 1;

/** BERT with a learnt bias for each distance between tokens. transformers/models/mpnet/modeling_mpnet.py */
export const mpnet: Architecture = {
  modelTypes: ["mpnet"],
  tokenizerClasses: { mpnet: "MPNetTokenizer" },
  positionsAfterPadding: true,
  prefix: "mpnet.",
  positions: (config) => tablePositions(config, PAD_ID + 1),
  classifier: "classifier.out_proj.weight",
  segments: () => 0,
  encode(m, firstOnly) {
    const words = gatherRows(m, WORDS, m.inputs.ids);
    const positions = gatherRows(m, POSITIONS, positionsPastPadding(m, PAD_ID));
    let hidden = layerNorm(m, sum(m, words, positions), "embeddings.LayerNorm", epsilonOf(m.config));
    const layers = m.config.layers("num_hidden_layers", 12);
    const bias = positionBias(m);
    for (let i = 0; i < layers; i++) {
      const layer = { ...mpnetLayer(`encoder.layer.${i}`, m.config), bias };
      hidden = postNormLayer(m, hidden, layer, firstOnly && i === layers - 1);
    }
    return hidden;
  },
  layersKey: "num_hidden_layers",
  pool: bertPooler,
  classifiesFirstToken: () => true,
  maskedLogits: robertaLanguageHead,
  classify: (m, hidden) => classificationHead(m, hidden, "tanh"),
};

/** MPNetEncoder.compute_position_bias */
function positionBias(m: ModelBuilder): ScoreBias {
  return {
    name: "position bias",
    of(places) {
      const buckets = byOffset(m, offsets(m, places), MPNET_REACH, mpnetBucket);
      const biases = gatherRows(m, "encoder.relative_attention_bias.weight", buckets);
      const byHead = m.graph.op("Transpose", [biases], { perm: [2, 0, 1] });
      return m.graph.op("Unsqueeze", [byHead, m.graph.int64s([0])]);
    },
  };
}

/** MPNetLayer */
function mpnetLayer(name: string, config: ModelConfig): PostNormLayer {
  return {
    query: `${name}.attention.attn.q`,
    key: `${name}.attention.attn.k`,
    value: `${name}.attention.attn.v`,
    output: `${name}.attention.attn.o`,
    attentionNorm: `${name}.attention.LayerNorm`,
    up: `${name}.intermediate.dense`,
    down: `${name}.output.dense`,
    feedForwardNorm: `${name}.output.LayerNorm`,
    heads: config.size("num_attention_heads", 12),
    activation: config.string("hidden_act", "gelu"),
    epsilon: epsilonOf(config),
  };
}
