import type { ModelConfig } from "../../model-source/model-config.js";
import type { Value } from "../onnx/graph-builder.js";
import { byOffset } from "./by-offset.js";
import { debertaBucket } from "./deberta-bucket.js";
import { layerNorm } from "./layer-norm.js";
import { constantLinear, linear, scaledProducts } from "./linear.js";
import type { ModelBuilder } from "./model-builder.js";
import { headSize, MASKED } from "./self-attention.js";
import { firstSkewed, skewed, skewedOffsets } from "./skewed.js";

/** What all layers of a DeBERTa share. */
export interface RelativePositions {
  /** A vector for each relative position, [1, 2 · span, hidden]. */
  readonly embeddings: Value;
  /** Indices of the positions that {@link skewed} wants of queries' offsets from keys, [2 · tokens]. */
  readonly ofKeys: Value;
  /** The same of keys' offsets from queries. */
  readonly ofQueries: Value;
}

/** Beyond this many times the farthest position, every offset has the last bucket's index. */
const REACH = 4;

/** DebertaV2Encoder.get_rel_pos and get_rel_embedding; undefined without `relative_attention`. */
export function relativePositions(m: ModelBuilder): RelativePositions | undefined {
  const { config, graph } = m;
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
  const columns = skewedOffsets(m);
  return {
    embeddings: relativeEmbeddings(m, 2 * span),
    ofKeys: indices(graph.op("Neg", [columns])),
    ofQueries: indices(columns),
  };
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
  const types = positionTypes(m.config);
  const query = m.splitHeads(linear(m, queries, `${name}.query_proj`), heads);
  const key = m.splitHeads(linear(m, tokens, `${name}.key_proj`), heads);
  const value = m.splitHeads(linear(m, tokens, `${name}.value_proj`), heads);
  const size = headSize(m.shape(`${name}.query_proj.weight`)[0] ?? 0, heads);
  const scale = 1 / Math.sqrt(size * (1 + types.length));
  const compare = (a: Value, b: Value) => scaledProducts(m, a, b, scale);
  /** The vectors of the positions at `indices`, as keys or queries: [1, heads, 2 · tokens, size]. */
  const project = (layer: string, indices: Value, { embeddings }: RelativePositions) => {
    const projected = m.splitHeads(constantLinear(m, embeddings, `${name}.${layer}`), heads);
    return graph.op("Gather", [projected, indices], { axis: 2 });
  };
  const shared = m.config.boolean("share_att_key", false);

  const scores = [compare(query, key)];
  if (positions !== undefined && types.includes("c2p")) {
    const keys = project(shared ? "key_proj" : "pos_key_proj", positions.ofKeys, positions);
    const all = compare(query, keys);
    scores.push(firstOnly ? firstSkewed(m, all) : skewed(m, all));
  }
  if (positions !== undefined && types.includes("p2c")) {
    const projected = project(shared ? "query_proj" : "pos_query_proj", positions.ofQueries, positions);
    const byKey = skewed(m, compare(key, projected));
    const byQuery = graph.op("Transpose", [byKey], { perm: [0, 1, 3, 2] });
    scores.push(firstOnly ? m.firstQuery(byQuery) : byQuery);
  }
  const mask = pairMask(m);
  scores.push(firstOnly ? m.firstQuery(mask) : mask);
  const summed = scores.reduce((total, part) => graph.op("Add", [total, part]));
  const probabilities = graph.op("Softmax", [summed], { axis: -1 });
  return m.joinHeads(graph.op("MatMul", [probabilities, value]));
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

/** DebertaV2Encoder.get_attention_mask: 0 where both are tokens, {@link MASKED} elsewhere: [batch, 1, tokens, tokens]. */
function pairMask(m: ModelBuilder): Value {
  const { graph } = m;
  return m.once("pair mask", () => {
    const queries = graph.op("Unsqueeze", [m.floatMask, graph.int64s([1, 3])]);
    const keys = graph.op("Unsqueeze", [m.floatMask, graph.int64s([1, 2])]);
    const padding = graph.op("Sub", [graph.float32(1), graph.op("Mul", [queries, keys])]);
    return graph.op("Mul", [padding, graph.float32(MASKED)]);
  });
}
