import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/** The table's first rows, one for each token of the batch: [tokens, width]. */
export function firstPositions(m: ModelBuilder, table: string): Value {
  const { graph } = m;
  return m.toFloat(
    table,
    graph.op("Slice", [m.storedWeight(table, 2), graph.int64s([0]), m.tokens, graph.int64s([0])]),
  );
}
