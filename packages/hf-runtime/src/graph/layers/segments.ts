import type { Value } from "../onnx/graph-builder.js";
import { gatherRows } from "./gather-rows.js";
import type { ModelBuilder } from "./model-builder.js";

/** Segments' rows [batch, tokens, width]; where the model is not told segments, the first row for all, [1, width]. */
export function segments(m: ModelBuilder, table: string): Value {
  const { graph, inputs } = m;
  if (inputs.types !== undefined) return gatherRows(m, table, inputs.types);
  const first = graph.op("Slice", [
    m.storedWeight(table, 2),
    graph.int64s([0]),
    graph.int64s([1]),
    graph.int64s([0]),
  ]);
  return m.toFloat(table, first);
}
