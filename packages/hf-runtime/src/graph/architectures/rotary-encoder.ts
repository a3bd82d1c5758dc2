import { gatherRows } from "../layers/gather-rows.js";
import { addAndNorm, layerNorm } from "../layers/layer-norm.js";
import { linear } from "../layers/linear.js";
import type { ModelBuilder } from "../layers/model-builder.js";
import type { RopeParameters } from "../layers/rope-parameters.js";
import { rotate } from "../layers/rotate.js";
import { ropeRotation } from "../layers/rotation.js";
import { segments } from "../layers/segments.js";
import { headSize, projectedAttention } from "../layers/self-attention.js";
import { splitInto } from "../layers/split-into.js";
import { sum } from "../layers/sum.js";
import type { Value } from "../onnx/graph-builder.js";

/** Settings of a BERT-like encoder with rotary positions. It also fits models with other positions and the same weight names. */
export interface RotaryEncoder {
  readonly layers: number;
  readonly heads: number;
  /** Undefined for a model that uses `positions` instead. */
  readonly rope: RopeParameters | undefined;
  /** Vectors of the tokens' positions, which are added to the words'. @default none */
  readonly positions?: Value | undefined;
  readonly epsilon: number;
  /** Number of segments whose vectors are added to the words'; 0 for a model without segments. */
  readonly segments: number;
  /**
   * Adds the feed-forward part of a layer, without the residual connection.
   * @param name name of the layer
   * @param index index of the layer, from 0
   */
  readonly feedForward: (m: ModelBuilder, x: Value, name: string, index: number) => Value;
}

/**
 * The encoder: embeddings, then layers that normalise the sum of each part and its input. Returns [batch, tokens, hidden], with `firstOnly`
 * [batch, 1, hidden].
 */
export function rotaryEncoder(m: ModelBuilder, encoder: RotaryEncoder, firstOnly: boolean): Value {
  const words = gatherRows(m, "embeddings.word_embeddings.weight", m.inputs.ids);
  const types = encoder.segments > 0 ? segments(m, "embeddings.token_type_embeddings.weight") : undefined;
  const embedded = sum(m, words, ...[types, encoder.positions].filter((part) => part !== undefined));
  let hidden = layerNorm(m, embedded, "embeddings.LayerNorm", encoder.epsilon);
  for (let i = 0; i < encoder.layers; i++) {
    hidden = rotaryLayer(m, hidden, i, encoder, firstOnly && i === encoder.layers - 1);
  }
  return hidden;
}

function rotaryLayer(
  m: ModelBuilder,
  x: Value,
  index: number,
  { heads, rope, epsilon, feedForward }: RotaryEncoder,
  firstOnly: boolean,
): Value {
  const name = `layers.${index}`;
  const [query, key, value, width] = projections(m, x, `${name}.self_attn`);
  const size = headSize(width, heads);
  const rotated = (x: Value) => (rope === undefined ? x : rotate(m, x, ropeRotation(m, rope, size), heads));
  const queries = rotated(query);
  const projected = [firstOnly ? m.firstRow(queries) : queries, rotated(key), value] as const;
  const found = projectedAttention(m, projected, { heads, size, firstOnly });
  const output = linear(m, found, `${name}.self_attn.o_proj`);
  const residual = firstOnly ? m.firstRow(x) : x;
  const attended = addAndNorm(m, output, residual, `${name}.post_attention_layernorm`, epsilon);
  const fed = feedForward(m, attended, `${name}.mlp`, index);
  return addAndNorm(m, fed, attended, `${name}.post_mlp_layernorm`, epsilon);
}

/** Computes queries, keys and values with one joined matrix or with three, and returns their width. */
function projections(
  m: ModelBuilder,
  x: Value,
  name: string,
): readonly [query: Value, key: Value, value: Value, width: number] {
  const joined = `${name}.qkv_proj`;
  if (m.has(`${joined}.weight`)) {
    const width = (m.shape(`${joined}.weight`)[0] ?? 0) / 3;
    const [query = "", key = "", value = ""] = splitInto(m, linear(m, x, joined), [width, width, width]);
    return [query, key, value, width];
  }
  const width = m.shape(`${name}.q_proj.weight`)[0] ?? 0;
  return [
    linear(m, x, `${name}.q_proj`),
    linear(m, x, `${name}.k_proj`),
    linear(m, x, `${name}.v_proj`),
    width,
  ];
}
