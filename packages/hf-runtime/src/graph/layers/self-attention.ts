import { ModelConfigError } from "../../errors/model-config-error.js";
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
  // onnxruntime's operator adds the projections' biases itself.
  const fused = m.operators === "onnxruntime";
  const project = fused ? matMul : linear;
  const projected = [project(m, queries, query), project(m, tokens, key), project(m, tokens, value)];
  const projectionBias = fused
    ? joined(
        m,
        [query, key, value].map((name) => biasOf(m, name)),
      )
    : undefined;
  return projectedAttention(m, projected, { heads, size, projectionBias, scoreBias: bias });
}

export interface ProjectedAttention {
  readonly heads: number;
  /** Values of a head. */
  readonly size: number;
  /** Of queries, keys and values together, where onnxruntime's operator is to add it. */
  readonly projectionBias?: Value | undefined;
  /** As {@link SelfAttention.bias}. */
  readonly scoreBias?: Value | undefined;
}

/**
 * The same over what is projected already.
 *
 * @param projected queries, keys and values, [batch, tokens, hidden] each
 */
export function projectedAttention(
  m: ModelBuilder,
  projected: readonly Value[],
  attention: ProjectedAttention,
): Value {
  if (m.operators === "standard") return standardAttention(m, projected, attention);
  const { heads, projectionBias, scoreBias } = attention;
  const attributes: Attributes = { num_heads: heads, mask_filter_value: float(MASKED) };
  const inputs = [...projected, projectionBias, keyMask(m), scoreBias];
  return m.graph.contrib("MultiHeadAttention", inputs, attributes);
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

function standardAttention(
  m: ModelBuilder,
  projected: readonly Value[],
  { heads, size, scoreBias }: ProjectedAttention,
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
