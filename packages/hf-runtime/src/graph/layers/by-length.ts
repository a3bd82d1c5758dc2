import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/**
 * A float32 value that is computed in one way for texts whose attention is computed as a whole, and in another way for longer ones.
 *
 * @param long gets the number of queries in a block
 */
export function byLength(m: ModelBuilder, whole: () => Value, long: (block: number) => Value): Value {
  const { graph, longTexts } = m;
  // Other devices lack the operators for blocks, or run them separately from the rest.
  if (m.operators === "standard" || !m.readsMoreThan(longTexts.whole)) return whole();
  const isLong = m.once("is long", () =>
    graph.op("Greater", [graph.op("Squeeze", [m.allTokens]), graph.int64(longTexts.whole)]),
  );
  const branches = {
    then_branch: m.subgraph([], () => long(longTexts.block)),
    else_branch: m.subgraph([], whole),
  };
  return graph.op("If", [isLong], branches);
}
