import { float32Linear } from "../layers/linear.js";
import type { Architecture } from "./architecture.js";
import { t5Encoder } from "./t5.js";

/** flan-t5-base's, which the model's config.json names and does not repeat. */
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
 * Vectara's hallucination_evaluation_model, by published facts: a classifier of T5's encoder that reads the first token. The premise comes
 * first in a pair. Experimental.
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
