import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/** Rows of a table by id: [batch, tokens] → [batch, tokens, width]. Only the rows taken are widened to float32. */
export function gatherRows(m: ModelBuilder, table: string, ids: Value): Value {
  return m.toFloat(table, m.graph.op("Gather", [m.storedWeight(table, 2), ids]));
}
