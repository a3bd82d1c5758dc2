import type { PoolingMode } from "../../contracts/pooling-mode.js";
import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

export type { PoolingMode };

/** Smallest weight that a mean is divided by, as in sentence-transformers; it matters for a text without tokens. */
const MIN_WEIGHT = 1e-9;

type Pool = (m: ModelBuilder, tokens: Value) => Value;

/** Pooling functions: [batch, tokens, hidden] → [batch, hidden] each. They ignore padding on either side. */
const POOL: Readonly<Record<PoolingMode, Pool>> = {
  cls: (m, tokens) => tokenAt(m, tokens, 0),
  lasttoken: (m, tokens) => tokenAt(m, tokens, 1),
  max(m, tokens) {
    const { graph } = m;
    const isToken = m.once("is token", () =>
      graph.op("Greater", [graph.op("Unsqueeze", [m.floatMask, graph.int64s([2])]), graph.float32(0)]),
    );
    const unmasked = graph.op("Where", [isToken, tokens, graph.float32(Number.NEGATIVE_INFINITY)]);
    return graph.op("ReduceMax", [unmasked], { axes: [1], keepdims: 0 });
  },
  mean: (m, tokens) => {
    const divisor = atLeast(m, total(m, m.floatMask));
    return m.graph.op("Div", [weightedSum(m, tokens, m.floatMask), divisor]);
  },
  mean_sqrt_len_tokens: (m, tokens) => {
    const divisor = m.graph.op("Sqrt", [atLeast(m, total(m, m.floatMask))]);
    return m.graph.op("Div", [weightedSum(m, tokens, m.floatMask), divisor]);
  },
  weightedmean(m, tokens) {
    const { graph } = m;
    // Positions count from the text's first token, so that padding on the left changes nothing, as in sentence-transformers.
    const positions = m.once("positions of tokens", () =>
      graph.op("Mul", [graph.op("CumSum", [m.floatMask, graph.int64(1)]), m.floatMask]),
    );
    return graph.op("Div", [weightedSum(m, tokens, positions), atLeast(m, total(m, positions))]);
  },
};

/**
 * Pools each text's tokens: [batch, tokens, hidden] → [batch, modes × hidden], the modes concatenated in order.
 * @param firstOnly whether `tokens` only has the first token: [batch, 1, hidden]
 */
export function pooling(
  m: ModelBuilder,
  tokens: Value,
  modes: readonly PoolingMode[],
  firstOnly: boolean,
): Value {
  const pooled = modes.map((mode) => (firstOnly ? m.firstToken(tokens) : POOL[mode](m, tokens)));
  return pooled.length === 1 ? pooled[0]! : m.graph.op("Concat", pooled, { axis: -1 });
}

/** Each text's first (0) or last (1) token that is not padding. */
function tokenAt(m: ModelBuilder, tokens: Value, last: 0 | 1): Value {
  const { graph } = m;
  const place = m.once(`token at ${last}`, () =>
    graph.op("ArgMax", [m.floatMask], { axis: 1, keepdims: 1, select_last_index: last }),
  );
  return graph.op("GatherND", [tokens, place], { batch_dims: 1 });
}

/** Σ weight · token: weights [batch, tokens] → [batch, hidden]. */
function weightedSum(m: ModelBuilder, tokens: Value, weights: Value): Value {
  const { graph } = m;
  const row = graph.op("Unsqueeze", [weights, graph.int64s([1])]);
  return graph.op("Squeeze", [graph.op("MatMul", [row, tokens]), graph.int64s([1])]);
}

/** Sum of each text's weights: [batch, tokens] → [batch, 1]. */
function total(m: ModelBuilder, weights: Value): Value {
  return m.graph.op("ReduceSum", [weights, m.graph.int64s([1])], { keepdims: 1 });
}

function atLeast(m: ModelBuilder, weight: Value): Value {
  return m.graph.op("Max", [weight, m.graph.float32(MIN_WEIGHT)]);
}
