import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/** Splits the last dimension into parts of the given widths: [batch, tokens, sum of widths] → [batch, tokens, width] each. */
export function splitInto(m: ModelBuilder, x: Value, widths: readonly number[]): Value[] {
  const parts = m.graph.ops("Split", [x, m.graph.int64s(widths)], widths.length, { axis: -1 });
  return parts.map((part) => m.sameRows(part, x));
}
