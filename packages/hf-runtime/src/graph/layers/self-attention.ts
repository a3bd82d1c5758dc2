import { ModelConfigError } from "../errors/model-config-error.js";
import { ElementType } from "../onnx/element-type.js";
import { type Attributes, float, type Value } from "../onnx/graph-builder.js";
import { biasOf, linear, matMul, scaledProducts } from "./linear.js";
import type { ModelBuilder } from "./model-builder.js";

/**
 * Added to the scores of padding: so far below any score that the sum rounds to it, so that a token that may look at
 * nothing looks at everything alike, as in PyTorch; and far enough from float32's end to be added twice.
 */
export const MASKED = -1e30;

export interface SelfAttention {
  /** Names of the three projections. */
  readonly query: string;
  readonly key: string;
  readonly value: string;
  readonly heads: number;
  /** Added to the scores before softmax: [1 or batch, 1 or heads, queries, tokens]. */
  readonly bias?: Value;
}

/**
 * Multi-head self-attention: softmax(q·kᵀ / √size) · v over the tokens that are not padding.
 *
 * @param queries [batch, queries, hidden]: the tokens that look, all or only the first
 * @param tokens [batch, tokens, hidden]: the tokens that are looked at
 * @returns [batch, queries, hidden], before the output projection
 */
export function selfAttention(
  m: ModelBuilder,
  queries: Value,
  tokens: Value,
  attention: SelfAttention,
): Value {
  const { query, key, value, heads, bias } = attention;
  const size = headSize(m.shape(`${query}.weight`)[0] ?? 0, heads);
  if (m.operators === "standard") {
    const projected = [linear(m, queries, query), linear(m, tokens, key), linear(m, tokens, value)];
    return standardAttention(m, projected, heads, size, bias);
  }
  const projected = [matMul(m, queries, query), matMul(m, tokens, key), matMul(m, tokens, value)];
  const biases = [query, key, value].map((name) => biasOf(m, name));
  return fusedAttention(m, projected, heads, joined(m, biases), bias);
}

/**
 * The same over what is projected already.
 *
 * @param projected queries, keys and values, [batch, tokens, hidden] each
 * @param size of a head
 */
export function projectedAttention(
  m: ModelBuilder,
  projected: readonly Value[],
  heads: number,
  size: number,
  scoreBias?: Value,
): Value {
  return m.operators === "standard"
    ? standardAttention(m, projected, heads, size, scoreBias)
    : fusedAttention(m, projected, heads, undefined, scoreBias);
}

/**
 * Values of each head.
 *
 * @param width of all heads together
 * @throws ModelConfigError when the heads cannot share it evenly
 */
export function headSize(width: number, heads: number): number {
  if (width % heads !== 0) {
    throw new ModelConfigError("num_attention_heads", `a number of heads that divides ${width}`, heads);
  }
  return width / heads;
}

/** onnxruntime's operator for all of it. */
function fusedAttention(
  m: ModelBuilder,
  projected: readonly Value[],
  heads: number,
  projectionBias?: Value,
  scoreBias?: Value,
): Value {
  const attributes: Attributes = { num_heads: heads, mask_filter_value: float(MASKED) };
  return m.graph.contrib(
    "MultiHeadAttention",
    [...projected, projectionBias, keyMask(m), scoreBias],
    attributes,
  );
}

function standardAttention(
  m: ModelBuilder,
  projected: readonly Value[],
  heads: number,
  size: number,
  scoreBias?: Value,
): Value {
  const { graph } = m;
  const [query = "", key = "", value = ""] = projected;
  const scores = scaledProducts(m, m.splitHeads(query, heads), m.splitHeads(key, heads), 1 / Math.sqrt(size));
  const biased = scoreBias === undefined ? scores : graph.op("Add", [scores, scoreBias]);
  const masked = graph.op("Add", [biased, paddingBias(m)]);
  const probabilities = graph.op("Softmax", [masked], { axis: -1 });
  return m.joinHeads(graph.op("MatMul", [probabilities, m.splitHeads(value, heads)]));
}

/** 0 for a token, {@link MASKED} for padding: [batch, 1, 1, tokens]. */
function paddingBias(m: ModelBuilder): Value {
  const { graph } = m;
  return m.once("padding bias", () => {
    const mask = graph.op("Unsqueeze", [m.floatMask, graph.int64s([1, 2])]);
    return graph.op("Mul", [graph.op("Sub", [graph.float32(1), mask]), graph.float32(MASKED)]);
  });
}

/** The operator takes one bias for all three; onnxruntime joins them once, when it loads the graph. */
function joined(m: ModelBuilder, biases: readonly (Value | undefined)[]): Value | undefined {
  const present = biases.filter((bias) => bias !== undefined);
  return present.length < biases.length
    ? undefined
    : m.once(`joined ${present}`, () => m.graph.op("Concat", present, { axis: 0 }));
}

function keyMask(m: ModelBuilder): Value {
  if (m.idType === "int32") return m.inputs.mask;
  return m.once("int32 mask", () => m.graph.op("Cast", [m.inputs.mask], { to: ElementType.int32 }));
}
