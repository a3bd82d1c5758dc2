import type { Value } from "../onnx/graph-builder.js";
import { scaledProducts } from "./linear.js";
import type { ModelBuilder } from "./model-builder.js";
import { offsets } from "./offsets.js";
import type { RelativeVectors } from "./relative-vectors.js";

/** Like {@link skewedScores}, but only for the first query: [batch, heads, 1, tokens] each. */
export function firstScores(
  m: ModelBuilder,
  query: Value,
  key: Value,
  { ofKeys, ofQueries, indices, scale }: RelativeVectors,
): Value[] {
  const { graph } = m;
  const places = m.once("positions from the first", () =>
    indices(graph.op("Squeeze", [offsets(m, graph.int64s([0])), graph.int64s([0])])),
  );
  const at = (vectors: Value) => graph.op("Gather", [vectors, places], { axis: 2 });
  const scores: Value[] = [];
  if (ofKeys !== undefined) scores.push(scaledProducts(m, query, at(ofKeys), scale));
  if (ofQueries !== undefined) {
    const products = graph.op("ReduceSum", [graph.op("Mul", [key, at(ofQueries)]), graph.int64s([3])]);
    const column = graph.op("Mul", [products, graph.float32(scale)]);
    scores.push(graph.op("Transpose", [column], { perm: [0, 1, 3, 2] }));
  }
  return scores;
}
