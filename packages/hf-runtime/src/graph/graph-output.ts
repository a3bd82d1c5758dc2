import type { ModelGraphBuilder } from "./model-graph-builder.js";
import type { Dimension } from "./onnx/graph-builder.js";

/** An output of a graph. */
export interface GraphOutput {
  /** Name in the graph: for the first two features, the one that exported models have. */
  readonly name: string;
  readonly dims: readonly Dimension[];
}

/** How a graph gives out a feature: a vector a text under the feature's name, unless the feature is known to be otherwise. */
export function graphOutput(builder: ModelGraphBuilder, feature: string): GraphOutput {
  switch (feature) {
    case "token_embeddings":
      return {
        name: "last_hidden_state",
        dims: ["batch", builder.firstTokenOnly ? 1 : "tokens", "hidden"],
      };
    case "scores":
      return { name: "logits", dims: ["batch", labels(builder)] };
    default:
      return { name: feature, dims: ["batch", "width"] };
  }
}

/** Number of scores a text; a name if the architecture's own head does not compute them. */
function labels(builder: ModelGraphBuilder): Dimension {
  const { classifier } = builder.architecture;
  return builder.has(classifier) ? (builder.shape(classifier)[0] ?? 0) : "labels";
}
