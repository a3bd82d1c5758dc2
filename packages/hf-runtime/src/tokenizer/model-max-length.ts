import type { TokenizerConfigJson } from "./json/tokenizer-config-json.js";

/** The fields of config.json that bound an input's length. */
export interface PositionsJson {
  readonly model_type?: string;
  readonly max_position_embeddings?: number;
  readonly pad_token_id?: number | null;
}

/**
 * Models that number their positions from the padding id + 1 on, as fairseq did: of 514 positions, 512 can be used
 * (`create_position_ids_from_input_ids` in transformers).
 */
const POSITIONS_AFTER_PADDING = new Set([
  "camembert",
  "data2vec-text",
  "longformer",
  "mpnet",
  "roberta",
  "roberta-prelayernorm",
  "xlm-roberta",
  "xlm-roberta-xl",
  "xmod",
]);

/** What transformers writes for "no limit" is 1e30; anything from here on is read as none. */
const NO_LIMIT = 1e20;

/** Longest input that a model has positions for, special tokens counted; Infinity where config.json sets no bound. */
export function maxPositions(config: PositionsJson): number {
  const { max_position_embeddings: positions } = config;
  // xlnet writes -1 for "no bound".
  if (typeof positions !== "number" || positions <= 0) return Number.POSITIVE_INFINITY;
  const offset = POSITIONS_AFTER_PADDING.has(config.model_type ?? "") ? (config.pad_token_id ?? 1) + 1 : 0;
  return positions - offset;
}

/**
 * The model's own limit in tokens, special tokens counted: `max_seq_length` of sentence-transformers' settings, else the
 * tokenizer's `model_max_length`; in either case no more than the model has positions for.
 */
export function modelMaxLength(
  config: PositionsJson,
  tokenizerConfig: TokenizerConfigJson,
  maxSeqLength?: number | null,
): number {
  const declared = maxSeqLength ?? tokenizerConfig.model_max_length;
  const limit = typeof declared === "number" && declared < NO_LIMIT ? declared : Number.POSITIVE_INFINITY;
  return Math.min(limit, maxPositions(config));
}
