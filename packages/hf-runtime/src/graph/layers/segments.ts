import { ElementType } from "../onnx/element-type.js";
import type { Value } from "../onnx/graph-builder.js";
import { gatherRows } from "./gather-rows.js";
import type { ModelBuilder } from "./model-builder.js";
import { withAdaptedRows } from "./with-adapter.js";

/** Segments' rows [batch, tokens, width]; where the model is not told segments, the first row for all, [1, width]. */
export function segments(m: ModelBuilder, table: string): Value {
  const { types } = m.inputs;
  if (types !== undefined) return gatherRows(m, table, types);
  return firstTableRow(m, table);
}

/** A table's first row: [1, width]. */
export function firstTableRow(m: ModelBuilder, table: string): Value {
  const { graph } = m;
  const zero = graph.int64s([0]);
  const row = m.toFloat(table, graph.op("Slice", [m.storedWeight(table, 2), zero, graph.int64s([1]), zero]));
  if (m.adapters === undefined) return row;
  return withAdaptedRows(m, graph.op("Cast", [zero], { to: ElementType[m.idType] }), row, table);
}
