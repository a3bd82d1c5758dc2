import type { ModelGraphBuilder } from "./model-graph-builder.js";
import type { Dimension } from "./onnx/graph-builder.js";

/** An output of a graph. */
export interface GraphOutput {
  /** Name in the graph: for tokens' vectors and scores, the one that exported models have. */
  readonly name: string;
  readonly dims: readonly Dimension[];
}

/** A feature that a graph gives out. */
export interface GivenFeature {
  readonly feature: string;
  /** What it has a row for. */
  readonly per: "token" | "text";
  /** Whether the transformer gives it, if need be by the architecture's own head. */
  readonly isHead: boolean;
}

const NAMES: Readonly<Record<string, string>> = { token_embeddings: "last_hidden_state", scores: "logits" };

/** How a graph gives out a feature. */
export function graphOutput(builder: ModelGraphBuilder, { feature, per, isHead }: GivenFeature): GraphOutput {
  const name = (Object.hasOwn(NAMES, feature) && NAMES[feature]) || feature;
  if (per === "token") return { name, dims: ["batch", builder.firstTokenOnly ? 1 : "tokens", "hidden"] };
  return { name, dims: ["batch", feature === "scores" && isHead ? labels(builder) : "width"] };
}

/** Number of scores a text; a name if the weights do not tell. */
function labels(builder: ModelGraphBuilder): Dimension {
  const { classifier } = builder.architecture;
  return builder.has(classifier) ? (builder.shape(classifier)[0] ?? 0) : "labels";
}
