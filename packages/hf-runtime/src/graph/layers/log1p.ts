import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/** log(1 + x) for x of at least 0. It is exact for small x too: if 1 + x rounds to 1, it is x. */
export function log1p(m: ModelBuilder, x: Value): Value {
  const { graph } = m;
  const one = graph.float32(1);
  const sum = graph.op("Add", [x, one]);
  const excess = graph.op("Sub", [sum, one]);
  // The factor x / excess corrects the rounding of 1 + x.
  const logarithm = graph.op("Div", [graph.op("Mul", [graph.op("Log", [sum]), x]), excess]);
  return graph.op("Where", [graph.op("Equal", [sum, one]), x, logarithm]);
}
