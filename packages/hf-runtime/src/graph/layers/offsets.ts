import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";
import { tokenIndices } from "./token-indices.js";

/** [tokens, tokens]: how many places the row's token stands after the column's, in int64. */
export function offsets(m: ModelBuilder): Value {
  const { graph } = m;
  return m.once("offsets", () => {
    const indices = tokenIndices(m);
    const rows = graph.op("Unsqueeze", [indices, graph.int64s([1])]);
    const columns = graph.op("Unsqueeze", [indices, graph.int64s([0])]);
    return graph.op("Sub", [rows, columns]);
  });
}
