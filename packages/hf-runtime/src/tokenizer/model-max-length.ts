import type { ConfigJson } from "../model-source/config-json.js";
import type { TokenizerConfigJson } from "./json/tokenizer-config-json.js";
import type { ArchitectureTokenizers } from "./tokenizer-class/architecture-tokenizers.js";

/**
 * Models without an architecture here that number their positions from the padding id + 1 on, as fairseq did
 * (`create_position_ids_from_input_ids` in transformers). They run from ONNX files.
 */
const OTHERS_AFTER_PADDING = [
  "data2vec-text",
  "longformer",
  "roberta-prelayernorm",
  "xlm-roberta-xl",
  "xmod",
];

/** transformers writes 1e30 for "no limit"; anything from here on is read as none. */
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
  { max_position_embeddings: positions, model_type, pad_token_id }: ConfigJson,
  { positionsAfterPadding }: Pick<ArchitectureTokenizers, "positionsAfterPadding">,
): number {
  // xlnet writes -1 for "no bound".
  if (typeof positions !== "number" || positions <= 0) return Number.POSITIVE_INFINITY;
  const type = model_type ?? "";
  // Of 514 positions, 512 can be used.
  const isAfterPadding = positionsAfterPadding.has(type) || OTHERS_AFTER_PADDING.includes(type);
  return isAfterPadding ? positions - (pad_token_id ?? 1) - 1 : positions;
}
