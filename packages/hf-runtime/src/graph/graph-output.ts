import type { ModelGraphBuilder } from "./model-graph-builder.js";
import type { Dimension } from "./onnx/graph-builder.js";

/** An output of a graph. */
export interface GraphOutput {
  /** Name in the graph. Token vectors and scores have the same names as in exported models. */
  readonly name: string;
  readonly dims: readonly Dimension[];
}

/** A feature that a graph gives out. */
export interface GivenFeature {
  readonly feature: string;
  /** Whether it has a row for each token or for each text. */
  readonly per: "token" | "text";
  /** Whether it is the result of the transformer itself, which may include the architecture's own head. */
  readonly isHead: boolean;
}

const NAMES: Readonly<Record<string, string>> = { token_embeddings: "last_hidden_state", scores: "logits" };

/** The name and the dimensions of a feature as a graph's output. */
export function graphOutput(builder: ModelGraphBuilder, { feature, per, isHead }: GivenFeature): GraphOutput {
  const name = (Object.hasOwn(NAMES, feature) && NAMES[feature]) || feature;
  if (per === "token") return { name, dims: ["batch", builder.firstTokenOnly ? 1 : "tokens", "hidden"] };
  return { name, dims: ["batch", feature === "scores" && isHead ? labels(builder) : "width"] };
}

/** Number of scores for a text; a name if the weights do not show it. */
function labels(builder: ModelGraphBuilder): Dimension {
  const { classifier } = builder.architecture;
  return builder.has(classifier) ? (builder.shape(classifier)[0] ?? 0) : "labels";
}
