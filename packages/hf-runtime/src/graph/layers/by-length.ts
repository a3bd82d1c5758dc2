import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/**
 * A float32 value that is made in one way for texts that are attended to at once, and in another for longer ones.
 *
 * @param long is given the number of queries in a block
 */
export function byLength(m: ModelBuilder, whole: () => Value, long: (block: number) => Value): Value {
  const { graph, longTexts } = m;
  // Other devices lack the operators, or run them apart from the rest.
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
