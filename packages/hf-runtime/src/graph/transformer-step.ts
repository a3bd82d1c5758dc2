import { UnsupportedArchitectureError } from "../errors/unsupported-architecture-error.js";
import { UnsupportedModuleError } from "../errors/unsupported-module-error.js";
import { architectures } from "./architectures/architectures.js";
import type { GraphFeatures } from "./graph-features.js";
import { lastTokenBut } from "./layers/last-token-but.js";
import { sharePrefix } from "./layers/share-prefix.js";
import { tokenScores } from "./layers/token-scores.js";
import type { ModelGraphBuilder } from "./model-graph-builder.js";

/**
 * What a transformer computes from token ids:
 * - "encode": hidden states;
 * - "pool": one vector for each text, with the architecture's own layer over the first token (`pooler_output`);
 * - "classify": logits, with the architecture's own head;
 * - "generate": the hidden state that predicts the text's next token (causal language models), or the answer's first token (models with a
 *   decoder);
 * - "fill-mask": logits of the whole vocabulary for each token (masked language models);
 * - "classify-tokens": logits of the text and of each of its tokens (rerankers that decide which tokens to keep).
 */
export type TransformerTask = "encode" | "pool" | "classify" | "generate" | "fill-mask" | "classify-tokens";

/** Default name of the feature that each task gives. */
export const TASK_FEATURES: Readonly<Record<TransformerTask, string>> = {
  encode: "token_embeddings",
  pool: "sentence_embedding",
  classify: "scores",
  generate: "last_token_embedding",
  "fill-mask": "token_embeddings",
  "classify-tokens": "token_embeddings",
};

/** Tasks for which a causal model only reads the last token. */
const LAST_TOKEN_TASKS: readonly TransformerTask[] = ["classify", "generate"];

/**
 * Adds the transformer to a graph. With the names of {@link TASK_FEATURES}, it gives `token_embeddings` [batch, tokens, hidden],
 * `sentence_embedding` [batch, hidden], `scores` [batch, labels], or `last_token_embedding` [batch, hidden]. (sentence-transformers computes
 * the logits of the whole vocabulary instead of the last one, but later modules only read one or two of them.) For "classify-tokens",
 * `token_embeddings` is [batch, tokens, 3]: see {@link tokenScores}.
 * @param feature name of the feature that it gives
 * @throws UnsupportedModuleError if the architecture has no `pooler_output`
 */
export function transformerStep(
  graph: ModelGraphBuilder,
  features: GraphFeatures,
  task: TransformerTask,
  feature: string = TASK_FEATURES[task],
): GraphFeatures {
  const { architecture, config } = graph;
  // First tokens can only be shared if later modules read just the last token.
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
    "its masked language model's head is not supported here",
  );
}
