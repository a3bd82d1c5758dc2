import { float32Linear } from "../layers/linear.js";
import type { Architecture } from "./architecture.js";
import { t5Encoder } from "./t5.js";

/** Settings of flan-t5-base. The model's config.json names that model and does not repeat them. */
const FOUNDATION = {
  feed_forward_proj: "gated-gelu",
  num_layers: 12,
  num_heads: 12,
  layer_norm_epsilon: 1e-6,
  relative_attention_num_buckets: 32,
  relative_attention_max_distance: 128,
};
const WORDING =
  "<pad> Determine if the hypothesis is true given the premise?\n\nPremise: {query}\n\nHypothesis: {document}";

/**
 * Vectara's hallucination_evaluation_model, built from published facts: T5's encoder with a classifier over the first token. The premise is
 * the first text of a pair. Experimental.
 */
export const hhem: Architecture = {
  modelTypes: ["HHEMv2"],
  tokenizerClasses: { HHEMv2: "T5Tokenizer" },
  foundation: FOUNDATION,
  prefix: "t5.transformer.",
  classifier: "t5.classifier.weight",
  segments: () => 0,
  encode: t5Encoder,
  classifiesFirstToken: () => true,
  classify: (m, hidden) => float32Linear(m, m.firstToken(hidden), "t5.classifier"),
  wording: () => ({ text: WORDING }),
};
