import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";
import { tokenIndices } from "./token-indices.js";

/** [places, tokens]: how many places each of `places` stands after each token, in int64. */
export function offsets(m: ModelBuilder, places: Value): Value {
  const { graph } = m;
  const rows = graph.op("Unsqueeze", [places, graph.int64s([1])]);
  const columns = graph.op("Unsqueeze", [tokenIndices(m), graph.int64s([0])]);
  return graph.op("Sub", [rows, columns]);
}
