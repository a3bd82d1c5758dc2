import { ModelConfigError } from "../../errors/model-config-error.js";
import type { Value } from "../onnx/graph-builder.js";
import { attend } from "./attend.js";
import { blockedAttention } from "./blocked-attention.js";
import { byLength } from "./by-length.js";
import type { Projected } from "./fused-attention.js";
import { keyMask } from "./key-mask.js";
import { biasOf, linear, matMul } from "./linear.js";
import type { ModelBuilder } from "./model-builder.js";
import { biasOfAll, biasOfFirst, type ScoreBias } from "./score-bias.js";
import { tiledAttention } from "./tiled-attention.js";

/** Settings of {@link selfAttention}. */
export interface SelfAttention {
  /** Names of the three projections. */
  readonly query: string;
  readonly key: string;
  readonly value: string;
  readonly heads: number;
  readonly bias?: ScoreBias | undefined;
  /** Whether only the first token attends. */
  readonly firstOnly: boolean;
}

/**
 * Multi-head self-attention: softmax(q·kᵀ / √size) · v over the tokens that are not padding.
 *
 * @param queries [batch, queries, hidden]: the tokens that attend, all or only the first
 * @param tokens [batch, tokens, hidden]: the tokens that are attended to
 * @returns [batch, queries, hidden], before the output projection
 */
export function selfAttention(
  m: ModelBuilder,
  queries: Value,
  tokens: Value,
  { query, key, value, ...attention }: SelfAttention,
): Value {
  const size = headSize(m.shape(`${query}.weight`)[0] ?? 0, attention.heads);
  // onnxruntime's operator adds the projections' biases itself.
  const fused = m.operators === "onnxruntime";
  const project = fused ? matMul : linear;
  const projected: Projected = [
    project(m, queries, query),
    project(m, tokens, key),
    project(m, tokens, value),
  ];
  const biases = [query, key, value].map((name) => (fused ? biasOf(m, name) : undefined));
  return projectedAttention(m, projected, { ...attention, size, projectionBias: joined(m, biases) });
}

/** Settings of {@link projectedAttention}. */
export interface ProjectedAttention extends Pick<SelfAttention, "heads" | "bias" | "firstOnly"> {
  /** Width of a head. */
  readonly size: number;
  /** Joined bias of queries, keys and values, if onnxruntime's operator should add it. */
  readonly projectionBias?: Value | undefined;
  /** Factor of the products of queries and keys. @default 1 / √size */
  readonly scale?: number | undefined;
  /** Scores go through cap · tanh(score / cap). @default no cap */
  readonly softcap?: number | undefined;
}

/** {@link selfAttention} over queries, keys and values that are already projected. */
export function projectedAttention(
  m: ModelBuilder,
  projected: Projected,
  attention: ProjectedAttention,
): Value {
  return m.sameRows(attentionOf(m, projected, attention), projected[0]);
}

function attentionOf(
  m: ModelBuilder,
  projected: Projected,
  { bias, firstOnly, ...rest }: ProjectedAttention,
): Value {
  const scoreBias = bias && (firstOnly ? biasOfFirst(m, bias) : biasOfAll(m, bias));
  const attention = { ...rest, mask: m.operators === "standard" ? m.inputs.mask : keyMask(m) };
  const atOnce = () => attend(m, projected, { ...attention, scoreBias });
  if (m.operators === "standard") return atOnce();
  // A single query never needs blocks: it has one score for each token.
  if (firstOnly) return atOnce();
  const padded = () =>
    byLength(m, atOnce, (block) => blockedAttention(m, projected, block, { ...attention, bias }));
  const isPlain = bias === undefined && attention.softcap === undefined;
  return isPlain ? tiledAttention(m, projected, rest, padded) : padded();
}

/**
 * Width of each head.
 *
 * @param width width of all heads together
 * @throws ModelConfigError if it is not divisible by the number of heads
 */
export function headSize(width: number, heads: number): number {
  if (width % heads !== 0) {
    throw new ModelConfigError("num_attention_heads", `a number of heads that divides ${width}`, heads);
  }
  return width / heads;
}

/** Joins the three biases, because the operator takes a single one. onnxruntime joins them once, when it loads the graph. */
function joined(m: ModelBuilder, biases: readonly (Value | undefined)[]): Value | undefined {
  const present = biases.filter((bias) => bias !== undefined);
  return present.length < biases.length
    ? undefined
    : m.once(`joined ${present}`, () => m.graph.op("Concat", present, { axis: 0 }));
}
