import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/** [tokens]: 0, 1, 2, …, int64. */
export function tokenIndices(m: ModelBuilder): Value {
  const { graph } = m;
  return m.once("token indices", () => {
    const count = graph.op("Squeeze", [m.tokens]);
    return graph.op("Range", [graph.int64(0), count, graph.int64(1)]);
  });
}
