import type { Value } from "../onnx/graph-builder.js";
import { scaledProducts } from "./linear.js";
import type { ModelBuilder } from "./model-builder.js";
import { offsets } from "./offsets.js";
import type { RelativeVectors } from "./relative-vectors.js";

/**
 * Like {@link skewedScores}, for a block of queries. Scores are computed for every relative position, and those of the actual offsets are picked.
 * Memory grows with tokens times positions.
 *
 * @returns a function of a block's queries [batch, heads, block, size] and their positions [block]; it returns [batch, heads, block, tokens] each
 */
export function pickedScores(
  m: ModelBuilder,
  key: Value,
  { ofKeys, ofQueries, indices, scale }: RelativeVectors,
): (query: Value, places: Value) => Value[] {
  const { graph } = m;
  const byKey = ofQueries && scaledProducts(m, key, ofQueries, scale);
  return (query, places) => {
    const positions = indices(offsets(m, places));
    const scores: Value[] = [];
    if (ofKeys !== undefined) scores.push(picked(m, scaledProducts(m, query, ofKeys, scale), positions));
    if (byKey !== undefined) {
      const ofKey = picked(m, byKey, graph.op("Transpose", [positions], { perm: [1, 0] }));
      scores.push(graph.op("Transpose", [ofKey], { perm: [0, 1, 3, 2] }));
    }
    return scores;
  };
}

/** Picks columns in each row: [batch, heads, rows, positions] at [rows, columns] → [batch, heads, rows, columns]. */
function picked(m: ModelBuilder, scores: Value, positions: Value): Value {
  const { graph } = m;
  const rest = [graph.op("Shape", [scores], { start: 0, end: 2 }), graph.op("Shape", [positions])];
  const each = graph.op("Expand", [positions, graph.op("Concat", rest, { axis: 0 })]);
  return graph.op("GatherElements", [scores, each], { axis: 3 });
}
