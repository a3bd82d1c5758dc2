import { ModelConfigError } from "../../errors/model-config-error.js";
import { WeightShapeError } from "../../errors/weight-shape-error.js";
import type { ModelConfig } from "../../model-source/model-config.js";
import type { Value } from "../onnx/graph-builder.js";
import { byLength } from "./by-length.js";
import { byOffset } from "./by-offset.js";
import { debertaBucket } from "./deberta-bucket.js";
import { firstScores } from "./first-scores.js";
import type { Projected } from "./fused-attention.js";
import { inBlocks } from "./in-blocks.js";
import { layerNorm } from "./layer-norm.js";
import { constantLinear, scaledProducts } from "./linear.js";
import { MASKED } from "./masked.js";
import type { ModelBuilder } from "./model-builder.js";
import { onceIfWhole } from "./once-if-whole.js";
import { pickedScores } from "./picked-scores.js";
import type { RelativeVectors } from "./relative-vectors.js";
import { skewedScores } from "./skewed-scores.js";

/** The relative positions that all layers of a DeBERTa share. */
export interface RelativePositions {
  /** A vector for each relative position, [1, 2 · span, hidden]. */
  readonly embeddings: Value;
  /** Maps offsets (the query's position minus the key's) to indices of relative positions. */
  readonly indices: (offsets: Value) => Value;
}

/** Offsets beyond this many times the farthest position all have the last bucket's index. */
const REACH = 4;

/** Limit of relative positions, far above any real model's. The graph contains a table of all offsets. */
const MAX_POSITIONS = 2 ** 17;

const RELATIVE_EMBEDDINGS = "encoder.rel_embeddings.weight";

/** Settings of a DeBERTa's relative positions. */
export interface RelativeSettings {
  /** Number of buckets on each side, which get wider with the distance; with 0 or less, each offset has its own. */
  readonly buckets: number;
  /** Whether the vectors are normalised. */
  readonly isNormed: boolean;
}

/** get_rel_pos and get_rel_embedding of DeBERTa's encoders; undefined without `relative_attention`. */
export function relativePositions(
  m: ModelBuilder,
  { buckets, isNormed }: RelativeSettings,
): RelativePositions | undefined {
  const { config } = m;
  if (!config.boolean("relative_attention", false)) return undefined;
  const configured = config.integer("max_relative_positions", -1);
  const maxPosition = configured < 1 ? config.size("max_position_embeddings", 512) : configured;
  if (maxPosition > MAX_POSITIONS) {
    throw new ModelConfigError("max_relative_positions", `at most ${MAX_POSITIONS}`, maxPosition);
  }
  const span = buckets > 0 ? buckets : maxPosition;
  checkSpan(m, span);
  const indices = (places: Value) =>
    byOffset(m, places, REACH * Math.max(maxPosition, span), (offset) => {
      const position = buckets > 0 ? debertaBucket(offset, buckets, maxPosition) : offset;
      if (!Number.isNaN(position)) return Math.min(Math.max(position + span, 0), 2 * span - 1);
      throw new ModelConfigError(
        "position_buckets",
        `a number of buckets for ${maxPosition} positions`,
        buckets,
      );
    });
  return { embeddings: relativeEmbeddings(m, 2 * span, isNormed), indices };
}

/** Reads `pos_att_type`: a list, or names separated by bars. */
export function positionTypes(config: ModelConfig): readonly string[] {
  return typeof config.values.pos_att_type === "string"
    ? config
        .string("pos_att_type")
        .toLowerCase()
        .split("|")
        .map((name) => name.trim())
    : (config.strings("pos_att_type") ?? []);
}

/** Settings of {@link disentangledAttention}. */
export interface DisentangledAttention {
  readonly heads: number;
  readonly positions: RelativePositions | undefined;
  /** Name of the projection of positions that queries are compared with; undefined if they are not. */
  readonly ofKeys: string | undefined;
  /** The same for keys. */
  readonly ofQueries: string | undefined;
  /** Factor of all products. */
  readonly scale: number;
  /** Whether only the first token attends. */
  readonly firstOnly: boolean;
}

/**
 * DisentangledSelfAttention: the sum of scores of content with content, content with positions, and positions with content.
 *
 * @param projected the queries are those of all tokens, or with `firstOnly` that of the first
 * @returns [batch, queries, hidden], before the output projection
 */
export function disentangledAttention(
  m: ModelBuilder,
  [projected, keys, values]: Projected,
  { heads, firstOnly, ...attention }: DisentangledAttention,
): Value {
  const { graph } = m;
  const key = m.splitHeads(keys, heads);
  const value = m.splitHeads(values, heads);
  const vectors = relativeVectors(m, heads, attention);
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

/** The vectors of relative positions that queries and keys are compared with. */
function relativeVectors(
  m: ModelBuilder,
  heads: number,
  {
    positions,
    ofKeys,
    ofQueries,
    scale,
  }: Pick<DisentangledAttention, "positions" | "ofKeys" | "ofQueries" | "scale">,
): RelativeVectors {
  const project = (layer: string | undefined) =>
    positions && layer !== undefined
      ? m.splitHeads(constantLinear(m, positions.embeddings, layer), heads)
      : undefined;
  return {
    ofKeys: project(ofKeys),
    ofQueries: project(ofQueries),
    indices: (offsets) => positions?.indices(offsets) ?? offsets,
    scale,
  };
}

/** Checks the table of relative positions before a table of that size is made. @throws WeightShapeError */
function checkSpan(m: ModelBuilder, span: number): void {
  const shape = m.shape(RELATIVE_EMBEDDINGS);
  if (shape[0] === 2 * span) return;
  throw new WeightShapeError(RELATIVE_EMBEDDINGS, `[${2 * span}, hidden]`, `[${shape}]`);
}

function relativeEmbeddings(m: ModelBuilder, count: number, isNormed: boolean): Value {
  const { graph, config } = m;
  const table = m.weight(RELATIVE_EMBEDDINGS, 2);
  const used = graph.op("Slice", [table, graph.int64s([0]), graph.int64s([count]), graph.int64s([0])]);
  const normed = isNormed
    ? layerNorm(m, used, "encoder.LayerNorm", config.number("layer_norm_eps", 1e-7))
    : used;
  return graph.op("Unsqueeze", [normed, graph.int64s([0])]);
}

/** get_attention_mask for all queries: [batch, 1, tokens, tokens]. */
function pairMask(m: ModelBuilder): Value {
  return onceIfWhole(m, "pair mask", () => maskOf(m, m.floatMask));
}

/** The mask for the first token: [batch, 1, 1, tokens]. */
function firstMask(m: ModelBuilder): Value {
  return m.once("first mask", () =>
    maskOf(m, m.graph.op("Gather", [m.floatMask, m.graph.int64s([0])], { axis: 1 })),
  );
}

/** The mask for a block's queries: [batch, 1, queries, tokens]. A position after the text's end counts as the last token's. */
function maskAt(m: ModelBuilder, places: Value): Value {
  const { graph } = m;
  const last = graph.op("Sub", [graph.op("Squeeze", [m.tokens]), graph.int64(1)]);
  return maskOf(m, graph.op("Gather", [m.floatMask, graph.op("Min", [places, last])], { axis: 1 }));
}

/** 0 if query and key are both tokens, else {@link MASKED}. `queries` [batch, queries] → [batch, 1, queries, tokens] */
function maskOf(m: ModelBuilder, queries: Value): Value {
  const { graph } = m;
  const rows = graph.op("Unsqueeze", [queries, graph.int64s([1, 3])]);
  const columns = graph.op("Unsqueeze", [m.floatMask, graph.int64s([1, 2])]);
  const padding = graph.op("Sub", [graph.float32(1), graph.op("Mul", [rows, columns])]);
  return graph.op("Mul", [padding, graph.float32(MASKED)]);
}
