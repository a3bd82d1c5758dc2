import type { ConfigJson } from "../model-source/config-json.js";
import { firstPositionOf } from "./first-position-of.js";
import type { TokenizerConfigJson } from "./json/tokenizer-config-json.js";
import type { ArchitectureTokenizers } from "./tokenizer-class/architecture-tokenizers.js";

/** This length and longer ones mean "no limit"; transformers writes 1e30. */
const NO_LIMIT = 1e20;

/**
 * The model's own limit in tokens, special tokens counted: `max_seq_length` of sentence-transformers' settings, else the
 * tokenizer's `model_max_length`; in either case no more than the model has positions for.
 */
export function modelMaxLength(
  config: ConfigJson,
  tokenizerConfig: TokenizerConfigJson,
  architectures: Pick<ArchitectureTokenizers, "positionsAfterPadding">,
  maxSeqLength?: number | null,
): number {
  const declared = maxSeqLength ?? tokenizerConfig.model_max_length;
  const limit = typeof declared === "number" && declared < NO_LIMIT ? declared : Number.POSITIVE_INFINITY;
  return Math.min(limit, maxPositions(config, architectures));
}

/** Longest input that a model has positions for, special tokens counted; Infinity if config.json sets no bound. */
function maxPositions(
  config: ConfigJson,
  architectures: Pick<ArchitectureTokenizers, "positionsAfterPadding">,
): number {
  const { max_position_embeddings: positions } = config;
  // xlnet writes -1 for "no bound".
  if (typeof positions !== "number" || positions <= 0) return Number.POSITIVE_INFINITY;
  // RoBERTa, for example, can use 512 of its 514 positions.
  return positions - firstPositionOf(config, architectures);
}
