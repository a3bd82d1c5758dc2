import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";
import { withAdaptedRows } from "./with-adapter.js";

/** Rows of a table by id: [batch, tokens] → [batch, tokens, width]. Only these rows are converted to float32. */
export function gatherRows(m: ModelBuilder, table: string, ids: Value): Value {
  const rows = m.toFloat(table, m.graph.op("Gather", [m.storedWeight(table, 2), ids]));
  return withAdaptedRows(m, ids, rows, table);
}
