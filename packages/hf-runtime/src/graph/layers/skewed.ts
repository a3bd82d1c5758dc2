import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/*
 * Scores that depend on the offset of two tokens could be computed for every relative position and then picked one by one. It is faster
 * to compute them for the actual offsets and to shift each row: row r needs the columns for the offsets −r … tokens − 1 − r, one column
 * further left than the row above. To shift them, cut off the first tokens − 1 values and read the rest as rows that are one value shorter.
 * No value is picked; the same memory is only read with another row length.
 */
/** [2 · tokens]: −(tokens − 1) … tokens, the offsets (column minus row) for which {@link skewed} needs scores. */
export function skewedOffsets(m: ModelBuilder): Value {
  const { graph } = m;
  return m.once("skewed offsets", () => {
    const count = graph.op("Squeeze", [m.tokens]);
    const one = graph.int64(1);
    return graph.op("Range", [graph.op("Sub", [one, count]), graph.op("Add", [count, one]), one]);
  });
}

/** Turns scores by offset into scores by column: [batch, heads, tokens, 2 · tokens] → [batch, heads, tokens, tokens]. */
export function skewed(m: ModelBuilder, scores: Value): Value {
  const { graph } = m;
  const rowLength = m.once("skewed row", () => {
    const double = graph.op("Mul", [m.tokens, graph.int64s([2])]);
    return graph.op("Sub", [double, graph.int64s([1])]);
  });
  const end = m.once("skew end", () =>
    graph.op("Add", [lastOffset(m), graph.op("Mul", [m.tokens, rowLength])]),
  );
  const shape = m.once("skewed shape", () =>
    graph.op("Concat", [graph.int64s([0, 0]), m.tokens, rowLength], { axis: 0 }),
  );
  const flat = graph.op("Reshape", [scores, graph.int64s([0, 0, -1])]);
  const cut = graph.op("Slice", [flat, lastOffset(m), end, graph.int64s([2])]);
  const rows = graph.op("Reshape", [cut, shape]);
  return graph.op("Slice", [rows, graph.int64s([0]), m.tokens, graph.int64s([3])]);
}

/** [1]: tokens − 1 */
function lastOffset(m: ModelBuilder): Value {
  return m.once("last offset", () => m.graph.op("Sub", [m.tokens, m.graph.int64s([1])]));
}
