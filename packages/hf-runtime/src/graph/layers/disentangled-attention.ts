import type { ModelConfig } from "../../model-source/model-config.js";
import type { Value } from "../onnx/graph-builder.js";
import { byLength } from "./by-length.js";
import { byOffset } from "./by-offset.js";
import { debertaBucket } from "./deberta-bucket.js";
import { firstScores } from "./first-scores.js";
import { inBlocks } from "./in-blocks.js";
import { layerNorm } from "./layer-norm.js";
import { constantLinear, linear, scaledProducts } from "./linear.js";
import { MASKED } from "./masked.js";
import type { ModelBuilder } from "./model-builder.js";
import { onceIfWhole } from "./once-if-whole.js";
import { pickedScores } from "./picked-scores.js";
import type { RelativeVectors } from "./relative-vectors.js";
import { headSize } from "./self-attention.js";
import { skewedScores } from "./skewed-scores.js";

/** What all layers of a DeBERTa share. */
export interface RelativePositions {
  /** A vector for each relative position, [1, 2 · span, hidden]. */
  readonly embeddings: Value;
  /** Index of the relative position for each offset of a query from a key. */
  readonly indices: (offsets: Value) => Value;
}

/** Beyond this many times the farthest position, every offset has the last bucket's index. */
const REACH = 4;

/** DebertaV2Encoder.get_rel_pos and get_rel_embedding; undefined without `relative_attention`. */
export function relativePositions(m: ModelBuilder): RelativePositions | undefined {
  const { config } = m;
  if (!config.boolean("relative_attention", false)) return undefined;
  const configured = config.integer("max_relative_positions", -1);
  const maxPosition = configured < 1 ? config.size("max_position_embeddings", 512) : configured;
  const buckets = config.integer("position_buckets", -1);
  const span = buckets > 0 ? buckets : maxPosition;
  const indices = (places: Value) =>
    byOffset(m, places, REACH * Math.max(maxPosition, span), (offset) => {
      const position = buckets > 0 ? debertaBucket(offset, buckets, maxPosition) : offset;
      return Math.min(Math.max(position + span, 0), 2 * span - 1);
    });
  return { embeddings: relativeEmbeddings(m, 2 * span), indices };
}

/**
 * DisentangledSelfAttention: content's scores, plus content's with positions, plus positions' with content.
 *
 * @param queries [batch, queries, hidden], all tokens or with `firstOnly` the first
 * @returns [batch, queries, hidden], before the output projection
 */
export function disentangledAttention(
  m: ModelBuilder,
  queries: Value,
  tokens: Value,
  name: string,
  positions: RelativePositions | undefined,
  firstOnly: boolean,
): Value {
  const { graph } = m;
  const heads = headsOf(m.config);
  const projected = linear(m, queries, `${name}.query_proj`);
  const key = m.splitHeads(linear(m, tokens, `${name}.key_proj`), heads);
  const value = m.splitHeads(linear(m, tokens, `${name}.value_proj`), heads);
  const vectors = relativeVectors(m, name, heads, positions);
  const content = (query: Value) => scaledProducts(m, query, key, vectors.scale);
  const attend = (scores: readonly Value[]) => {
    const summed = scores.reduce((total, part) => graph.op("Add", [total, part]));
    const probabilities = graph.op("Softmax", [summed], { axis: -1 });
    return m.joinHeads(graph.op("MatMul", [probabilities, value]));
  };
  if (firstOnly) {
    const query = m.splitHeads(projected, heads);
    return attend([content(query), ...firstScores(m, query, key, vectors), firstMask(m)]);
  }
  const mask = pairMask(m);
  const atOnce = () => {
    const query = m.splitHeads(projected, heads);
    return attend([content(query), ...skewedScores(m, query, key, vectors), mask]);
  };
  return byLength(m, atOnce, (size) => {
    const pick = pickedScores(m, key, vectors);
    return inBlocks(m, projected, size, ({ queries, places }) => {
      const query = m.splitHeads(queries, heads);
      return attend([content(query), ...pick(query, places), maskAt(m, places)]);
    });
  });
}

/** What queries and keys are compared with besides each other. */
function relativeVectors(
  m: ModelBuilder,
  name: string,
  heads: number,
  positions: RelativePositions | undefined,
): RelativeVectors {
  const types = positionTypes(m.config);
  const shared = m.config.boolean("share_att_key", false);
  const size = headSize(m.shape(`${name}.query_proj.weight`)[0] ?? 0, heads);
  const project = (type: string, layer: string) =>
    positions && types.includes(type)
      ? m.splitHeads(constantLinear(m, positions.embeddings, `${name}.${layer}`), heads)
      : undefined;
  return {
    ofKeys: project("c2p", shared ? "key_proj" : "pos_key_proj"),
    ofQueries: project("p2c", shared ? "query_proj" : "pos_query_proj"),
    indices: (offsets) => positions?.indices(offsets) ?? offsets,
    scale: 1 / Math.sqrt(size * (1 + types.length)),
  };
}

/** `pos_att_type`: a list, or names between bars. */
function positionTypes(config: ModelConfig): readonly string[] {
  const names =
    typeof config.values.pos_att_type === "string"
      ? config.string("pos_att_type").toLowerCase().split("|")
      : (config.strings("pos_att_type") ?? []);
  return ["c2p", "p2c"].filter((type) => names.some((name) => name.trim() === type));
}

const headsOf = (config: ModelConfig) => config.size("num_attention_heads", 24);

function relativeEmbeddings(m: ModelBuilder, count: number): Value {
  const { graph, config } = m;
  const table = m.weight("encoder.rel_embeddings.weight", 2);
  const used = graph.op("Slice", [table, graph.int64s([0]), graph.int64s([count]), graph.int64s([0])]);
  const kinds = config.string("norm_rel_ebd", "none").toLowerCase().split("|");
  const normed = kinds.some((kind) => kind.trim() === "layer_norm")
    ? layerNorm(m, used, "encoder.LayerNorm", config.number("layer_norm_eps", 1e-7))
    : used;
  return graph.op("Unsqueeze", [normed, graph.int64s([0])]);
}

/** DebertaV2Encoder.get_attention_mask of all queries: [batch, 1, tokens, tokens]. */
function pairMask(m: ModelBuilder): Value {
  return onceIfWhole(m, "pair mask", () => maskOf(m, m.floatMask));
}

/** Of the first token: [batch, 1, 1, tokens]. */
function firstMask(m: ModelBuilder): Value {
  return m.once("first mask", () =>
    maskOf(m, m.graph.op("Gather", [m.floatMask, m.graph.int64s([0])], { axis: 1 })),
  );
}

/** Of a block's queries: [batch, 1, queries, tokens]. A place after the text's end is one of the last token's. */
function maskAt(m: ModelBuilder, places: Value): Value {
  const { graph } = m;
  const last = graph.op("Sub", [graph.op("Squeeze", [m.tokens]), graph.int64(1)]);
  return maskOf(m, graph.op("Gather", [m.floatMask, graph.op("Min", [places, last])], { axis: 1 }));
}

/** 0 where both are tokens, {@link MASKED} elsewhere. `queries` [batch, queries] → [batch, 1, queries, tokens] */
function maskOf(m: ModelBuilder, queries: Value): Value {
  const { graph } = m;
  const rows = graph.op("Unsqueeze", [queries, graph.int64s([1, 3])]);
  const columns = graph.op("Unsqueeze", [m.floatMask, graph.int64s([1, 2])]);
  const padding = graph.op("Sub", [graph.float32(1), graph.op("Mul", [rows, columns])]);
  return graph.op("Mul", [padding, graph.float32(MASKED)]);
}
