import { UnsupportedArchitectureError } from "../errors/unsupported-architecture-error.js";
import { UnsupportedModuleError } from "../errors/unsupported-module-error.js";
import { architectures } from "./architectures/architectures.js";
import type { GraphFeatures } from "./graph-features.js";
import { lastTokenBut } from "./layers/last-token-but.js";
import { sharePrefix } from "./layers/share-prefix.js";
import { tokenScores } from "./layers/token-scores.js";
import type { ModelGraphBuilder } from "./model-graph-builder.js";

/**
 * "encode": token ids → hidden states. "pool": token ids → one vector a text, by the architecture's own layer over the first token
 * (`pooler_output`). "classify": token ids → logits, by the architecture's own head. "generate": token ids → what tells the text's next
 * token, of a causal language model, or the answer's first, of a model with a decoder. "fill-mask": token ids → logits of the whole
 * vocabulary for each token, of a masked language model. "classify-tokens": token ids → logits of the text and of each of its tokens, of a
 * reranker that says which of them to keep.
 */
export type TransformerTask = "encode" | "pool" | "classify" | "generate" | "fill-mask" | "classify-tokens";

/** Name of the feature that each task gives, unless a model says otherwise. */
export const TASK_FEATURES: Readonly<Record<TransformerTask, string>> = {
  encode: "token_embeddings",
  pool: "sentence_embedding",
  classify: "scores",
  generate: "last_token_embedding",
  "fill-mask": "token_embeddings",
  "classify-tokens": "token_embeddings",
};

/** What a causal model reads of its last token alone. */
const LAST_TOKEN_TASKS: readonly TransformerTask[] = ["classify", "generate"];

/**
 * Adds the transformer to a graph. By {@link TASK_FEATURES}' names it gives `token_embeddings` [batch, tokens, hidden],
 * `sentence_embedding` [batch, hidden], `scores` [batch, labels], or `last_token_embedding` [batch, hidden]. (sentence-transformers has
 * the logits of the whole vocabulary there; what follows reads one or two of them.) With "classify-tokens", `token_embeddings` is
 * [batch, tokens, 3]: see {@link tokenScores}.
 * @param feature name of what it gives
 * @throws UnsupportedModuleError if the architecture has no `pooler_output`
 */
export function transformerStep(
  graph: ModelGraphBuilder,
  features: GraphFeatures,
  task: TransformerTask,
  feature: string = TASK_FEATURES[task],
): GraphFeatures {
  const { architecture, config } = graph;
  // Only where nothing but the last token is read.
  const shape = LAST_TOKEN_TASKS.includes(task) && graph.sharesPrefix && architecture.sharedPrefix?.(config);
  if (shape) sharePrefix(graph, shape.layers, shape.width);
  if (task === "classify") {
    const hidden = architecture.encode(graph, architecture.classifiesFirstToken(config));
    return { ...features, [feature]: architecture.classify(graph, hidden) };
  }
  if (task === "pool") {
    if (!architecture.pool) {
      const got = `a transformer of type ${config.string("model_type", "(none)")} with pooler_output`;
      throw new UnsupportedModuleError("module", got, ["a transformer with last_hidden_state"]);
    }
    return { ...features, [feature]: architecture.pool(graph, architecture.encode(graph, true)) };
  }
  if (task === "fill-mask" && !architecture.maskedLogits) throw withoutMaskedLogits(graph);
  const hidden = architecture.encode(graph, graph.firstTokenOnly);
  if (task === "encode") return { ...features, [feature]: hidden };
  if (task === "classify-tokens") {
    return { ...features, [feature]: tokenScores(graph, hidden, architecture.classify(graph, hidden)) };
  }
  if (task === "fill-mask") return { ...features, [feature]: architecture.maskedLogits!(graph, hidden) };
  const last = architecture.startAnswer?.(graph, hidden) ?? lastTokenBut(graph, hidden, undefined);
  return { ...features, [feature]: last };
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
