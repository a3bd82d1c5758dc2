import type { GraphFeatures } from "./graph-features.js";
import type { ModelGraphBuilder } from "./model-graph-builder.js";

/** "encode": token ids → hidden states. "classify": token ids → logits, by the architecture's own head. */
export type TransformerTask = "encode" | "classify";

/** Adds the transformer to a graph: `token_embeddings` [batch, tokens, hidden], or `scores` [batch, labels]. */
export function transformerStep(
  graph: ModelGraphBuilder,
  features: GraphFeatures,
  task: TransformerTask,
): GraphFeatures {
  const { architecture } = graph;
  if (task === "encode") {
    return { ...features, token_embeddings: architecture.encode(graph, graph.firstTokenOnly) };
  }
  const hidden = architecture.encode(graph, architecture.classifiesFirstToken(graph.config));
  return { ...features, scores: architecture.classify(graph, hidden) };
}
