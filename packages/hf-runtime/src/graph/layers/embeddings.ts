import { ElementType } from "../onnx/element-type.js";
import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/** Rows of a table by id: [batch, tokens] → [batch, tokens, width]. Only the rows taken are widened to float32. */
export function lookUp(m: ModelBuilder, table: string, ids: Value): Value {
  return m.toFloat(table, m.graph.op("Gather", [m.storedWeight(table, 2), ids]));
}

/** The table's first rows, one for each token of the batch: [tokens, width]. */
export function firstPositions(m: ModelBuilder, table: string): Value {
  const { graph } = m;
  return m.toFloat(
    table,
    graph.op("Slice", [m.storedWeight(table, 2), graph.int64s([0]), m.tokens, graph.int64s([0])]),
  );
}

/** Segments' rows [batch, tokens, width]; where the model is not told segments, the first row for all, [1, width]. */
export function segments(m: ModelBuilder, table: string): Value {
  const { graph, inputs } = m;
  if (inputs.types !== undefined) return lookUp(m, table, inputs.types);
  const first = graph.op("Slice", [
    m.storedWeight(table, 2),
    graph.int64s([0]),
    graph.int64s([1]),
    graph.int64s([0]),
  ]);
  return m.toFloat(table, first);
}

/**
 * Positions as RoBERTa counts them: from `padId` + 1 over the tokens that are not padding, which itself stays at `padId`.
 * [batch, tokens] → [batch, tokens], int32.
 */
export function positionsPastPadding(m: ModelBuilder, padId: number): Value {
  const { graph, inputs } = m;
  const int32 = (value: Value) => graph.op("Cast", [value], { to: ElementType.int32 });
  const pad = int32(graph.int64(padId));
  const isToken = int32(graph.op("Not", [graph.op("Equal", [int32(inputs.ids), pad])]));
  const counted = graph.op("CumSum", [isToken, graph.int64(1)]);
  return graph.op("Add", [graph.op("Mul", [counted, isToken]), pad]);
}

export function sum(m: ModelBuilder, first: Value, ...others: Value[]): Value {
  return others.reduce((total, value) => m.graph.op("Add", [total, value]), first);
}
