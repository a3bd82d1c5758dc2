import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";
import { tokenIndices } from "./token-indices.js";

/** [prefix + tokens]: positions of all tokens that can be attended to, int64. */
export function keyPlaces(m: ModelBuilder): Value {
  const { graph } = m;
  if (m.prefix === undefined) return tokenIndices(m);
  return m.once("key places", () => {
    const end = graph.op("Squeeze", [m.allTokens]);
    return graph.op("Range", [graph.int64(0), end, graph.int64(1)]);
  });
}
