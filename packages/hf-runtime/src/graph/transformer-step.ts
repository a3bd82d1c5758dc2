import type { GraphFeatures } from "./graph-features.js";
import { lastTokenBut } from "./layers/last-token-but.js";
import type { ModelGraphBuilder } from "./model-graph-builder.js";

/**
 * "encode": token ids → hidden states. "classify": token ids → logits, by the architecture's own head. "generate": token ids → what
 * tells the text's next token, of a causal language model, or the answer's first, of a model with a decoder.
 */
export type TransformerTask = "encode" | "classify" | "generate";

/**
 * Adds the transformer to a graph: `token_embeddings` [batch, tokens, hidden], `scores` [batch, labels], or `last_token_embedding`
 * [batch, hidden]. (sentence-transformers has the logits of the whole vocabulary there; what follows reads one or two of them.)
 */
export function transformerStep(
  graph: ModelGraphBuilder,
  features: GraphFeatures,
  task: TransformerTask,
): GraphFeatures {
  const { architecture } = graph;
  if (task === "classify") {
    const hidden = architecture.encode(graph, architecture.classifiesFirstToken(graph.config));
    return { ...features, scores: architecture.classify(graph, hidden) };
  }
  const hidden = architecture.encode(graph, graph.firstTokenOnly);
  if (task === "encode") return { ...features, token_embeddings: hidden };
  const last = architecture.startAnswer?.(graph, hidden) ?? lastTokenBut(graph, hidden, undefined);
  return { ...features, last_token_embedding: last };
}
