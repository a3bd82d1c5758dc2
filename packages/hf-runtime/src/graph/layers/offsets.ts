import type { Value } from "../onnx/graph-builder.js";
import { keyPlaces } from "./key-places.js";
import type { ModelBuilder } from "./model-builder.js";

/** [places, tokens]: each of the positions `places` minus each token's position, int64. */
export function offsets(m: ModelBuilder, places: Value): Value {
  const { graph } = m;
  const rows = graph.op("Unsqueeze", [places, graph.int64s([1])]);
  const columns = graph.op("Unsqueeze", [keyPlaces(m), graph.int64s([0])]);
  return graph.op("Sub", [rows, columns]);
}
