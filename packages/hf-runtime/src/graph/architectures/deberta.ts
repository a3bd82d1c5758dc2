import {
  disentangledAttention,
  positionTypes,
  type RelativePositions,
  relativePositions,
} from "../layers/disentangled-attention.js";
import type { Projected } from "../layers/fused-attention.js";
import { linear } from "../layers/linear.js";
import type { ModelBuilder } from "../layers/model-builder.js";
import { headSize } from "../layers/self-attention.js";
import type { Value } from "../onnx/graph-builder.js";
import type { Architecture } from "./architecture.js";
import { debertaEmbeddings, debertaLayerEnd, debertaV2 } from "./deberta-v2.js";
import { rejectTrue } from "./reject-true.js";
import { tablePositions } from "./table-positions.js";

/** The first DeBERTa: one matrix for queries, keys and values, and distances without buckets. transformers/models/deberta/modeling_deberta.py */
export const deberta: Architecture = {
  modelTypes: ["deberta"],
  tokenizerClasses: { deberta: "DebertaTokenizer" },
  prefix: "deberta.",
  positions: (config) => (config.boolean("position_biased_input", true) ? tablePositions(config) : undefined),
  classifier: "classifier.weight",
  segments: (config) => config.integer("type_vocab_size", 0),
  encode(m, firstOnly) {
    rejectTrue(m.config, "talking_head");
    let hidden = debertaEmbeddings(m);
    const layers = m.config.layers("num_hidden_layers", 12);
    const positions = relativePositions(m, { buckets: 0, isNormed: false });
    for (let i = 0; i < layers; i++) {
      const cut = firstOnly && i === layers - 1;
      const name = `encoder.layer.${i}`;
      const queries = cut ? m.firstRow(hidden) : hidden;
      const found = attention(m, hidden, `${name}.attention.self`, positions, cut);
      hidden = debertaLayerEnd(m, found, queries, name);
    }
    return hidden;
  },
  layersKey: "num_hidden_layers",
  classifiesFirstToken: () => true,
  classify: debertaV2.classify,
};

/** DisentangledSelfAttention */
function attention(
  m: ModelBuilder,
  tokens: Value,
  name: string,
  positions: RelativePositions | undefined,
  firstOnly: boolean,
): Value {
  const { config } = m;
  const heads = config.size("num_attention_heads", 12);
  const size = headSize((m.shape(`${name}.in_proj.weight`)[0] ?? 0) / 3, heads);
  const types = positionTypes(config);
  return disentangledAttention(m, projections(m, tokens, name, heads, firstOnly), {
    heads,
    positions,
    ofKeys: types.includes("c2p") ? `${name}.pos_proj` : undefined,
    ofQueries: types.includes("p2c") ? `${name}.pos_q_proj` : undefined,
    // Every name in the list counts, even without relative attention.
    scale: 1 / Math.sqrt(size * (1 + types.length)),
    firstOnly,
  });
}

/** Splits one product into queries, keys and values. In its rows, each head's three parts are next to each other. Keys have no bias. */
function projections(
  m: ModelBuilder,
  tokens: Value,
  name: string,
  heads: number,
  firstOnly: boolean,
): Projected {
  const { graph } = m;
  const product = graph.op("Reshape", [
    linear(m, tokens, `${name}.in_proj`),
    graph.int64s([0, 0, heads, 3, -1]),
  ]);
  const [query = "", key = "", value = ""] = graph
    .ops("Split", [product], 3, { axis: 3 })
    .map((part) => graph.op("Reshape", [part, graph.int64s([0, 0, -1])]));
  const biased = (x: Value, bias: string) => graph.op("Add", [x, m.weight(`${name}.${bias}`, 1)]);
  return [biased(firstOnly ? m.firstRow(query) : query, "q_bias"), key, biased(value, "v_bias")];
}
