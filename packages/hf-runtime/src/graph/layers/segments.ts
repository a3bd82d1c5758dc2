import { ElementType } from "../onnx/element-type.js";
import type { Value } from "../onnx/graph-builder.js";
import { gatherRows } from "./gather-rows.js";
import type { ModelBuilder } from "./model-builder.js";
import { withAdaptedRows } from "./with-adapter.js";

/** Segment embeddings [batch, tokens, width]. If segments are not an input, all tokens have the first row: [1, width]. */
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
