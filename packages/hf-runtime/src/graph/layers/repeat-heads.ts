import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/**
 * Gives each of `groups` heads of queries its own copy of a head of keys or values: [batch, tokens, heads · size] →
 * [batch, tokens, heads · groups · size].
 */
export function repeatHeads(m: ModelBuilder, x: Value, heads: number, groups: number): Value {
  if (groups === 1) return x;
  const { graph } = m;
  const single = graph.op("Unsqueeze", [
    graph.op("Reshape", [x, graph.int64s([0, 0, heads, -1])]),
    graph.int64s([3]),
  ]);
  const repeated = graph.op("Expand", [single, graph.int64s([1, 1, 1, groups, 1])]);
  return graph.op("Reshape", [repeated, graph.int64s([0, 0, -1])]);
}
