import { buildModelGraph, type ModelGraphOptions } from "./build-model-graph.js";
import type { ModelGraph } from "./model-graph.js";
import { type TransformerTask, transformerStep } from "./transformer-step.js";

/** Options of {@link buildGraph}. */
export interface BuildGraphOptions extends ModelGraphOptions {
  readonly task: Exclude<TransformerTask, "generate" | "pool">;
}

/**
 * Builds the graph of only a transformer: token ids → `last_hidden_state` [batch, tokens, hidden], or → `logits` [batch, labels].
 * @throws the same as {@link buildModelGraph}
 */
export function buildGraph({ task, ...options }: BuildGraphOptions): Promise<ModelGraph> {
  const output = task === "classify" ? "scores" : "token_embeddings";
  return buildModelGraph(options, [(graph, features) => transformerStep(graph, features, task)], output);
}
