import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/** Mean over unmasked tokens: [batch, tokens, hidden] → [batch, hidden]. */
export function meanOfTokens(m: ModelBuilder, hidden: Value): Value {
  const { graph } = m;
  const column = graph.op("Unsqueeze", [m.floatMask, graph.int64s([2])]);
  const total = graph.op("ReduceSum", [graph.op("Mul", [hidden, column]), graph.int64s([1])], {
    keepdims: 0,
  });
  const count = graph.op("ReduceSum", [m.floatMask, graph.int64s([1])], { keepdims: 1 });
  return graph.op("Div", [total, count]);
}
