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

/** What distinguishes the encoders of BERT's kind whose positions are rotations. */
export interface RotaryEncoder {
  readonly layers: number;
  readonly heads: number;
  readonly rope: RopeParameters;
  readonly epsilon: number;
  /** Segments whose vectors are added to the words'; 0 for a model without. */
  readonly segments: number;
  /**
   * The feed-forward part of a layer, before its input is added.
   * @param name of the layer
   * @param index of the layer, from 0 on
   */
  readonly feedForward: (m: ModelBuilder, x: Value, name: string, index: number) => Value;
}

/** Words and segments, then layers that norm each part's sum with its input. [batch, tokens, hidden], with `firstOnly` [batch, 1, hidden]. */
export function rotaryEncoder(m: ModelBuilder, encoder: RotaryEncoder, firstOnly: boolean): Value {
  const words = gatherRows(m, "embeddings.word_embeddings.weight", m.inputs.ids);
  const embedded =
    encoder.segments > 0 ? sum(m, words, segments(m, "embeddings.token_type_embeddings.weight")) : words;
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
  const turn = ropeRotation(m, rope, size);
  const rotated = rotate(m, query, turn, heads);
  const queries = firstOnly ? m.firstRow(rotated) : rotated;
  const projected = [queries, rotate(m, key, turn, heads), value] as const;
  const found = projectedAttention(m, projected, { heads, size, firstOnly });
  const output = linear(m, found, `${name}.self_attn.o_proj`);
  const residual = firstOnly ? m.firstRow(x) : x;
  const attended = addAndNorm(m, output, residual, `${name}.post_attention_layernorm`, epsilon);
  const fed = feedForward(m, attended, `${name}.mlp`, index);
  return addAndNorm(m, fed, attended, `${name}.post_mlp_layernorm`, epsilon);
}

/** Queries, keys and values, of one matrix or of three, and their width. */
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
