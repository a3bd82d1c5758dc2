import { UnsupportedArchitectureError } from "../errors/unsupported-architecture-error.js";
import { architectures } from "./architectures/architectures.js";
import type { GraphFeatures } from "./graph-features.js";
import { lastTokenBut } from "./layers/last-token-but.js";
import type { ModelGraphBuilder } from "./model-graph-builder.js";

/**
 * "encode": token ids → hidden states. "classify": token ids → logits, by the architecture's own head. "generate": token ids → what
 * tells the text's next token, of a causal language model, or the answer's first, of a model with a decoder. "fill-mask": token ids →
 * logits of the whole vocabulary for each token, of a masked language model.
 */
export type TransformerTask = "encode" | "classify" | "generate" | "fill-mask";

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
  if (task === "fill-mask" && !architecture.maskedLogits) throw withoutMaskedLogits(graph);
  const hidden = architecture.encode(graph, graph.firstTokenOnly);
  if (task === "encode") return { ...features, token_embeddings: hidden };
  if (task === "fill-mask")
    return { ...features, token_embeddings: architecture.maskedLogits!(graph, hidden) };
  const last = architecture.startAnswer?.(graph, hidden) ?? lastTokenBut(graph, hidden, undefined);
  return { ...features, last_token_embedding: last };
}

function withoutMaskedLogits({ config }: ModelGraphBuilder): UnsupportedArchitectureError {
  const type = config.string("model_type", "(none)");
  const able = architectures.filter((one) => one.maskedLogits).flatMap(({ modelTypes }) => modelTypes);
  return new UnsupportedArchitectureError(
    type,
    able,
    "its head of a masked language model is not built here",
  );
}
