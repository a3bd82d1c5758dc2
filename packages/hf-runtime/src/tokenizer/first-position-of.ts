import type { ArchitectureTokenizers } from "./tokenizer-class/architecture-tokenizers.js";

/**
 * Models without an architecture here that number their positions from the padding id + 1 on, as fairseq did
 * (`create_position_ids_from_input_ids` in transformers). They run from ONNX files.
 */
const OTHERS = ["data2vec-text", "longformer", "roberta-prelayernorm", "xlm-roberta-xl", "xmod"];

/** Padding ids that are fixed in a model's code, whatever its config.json says. */
const FIXED_PAD_IDS: Readonly<Record<string, number>> = { mpnet: 1 };

/**
 * Position of a text's first token: 0, or the padding id + 1 for models like RoBERTa. Positions before it are never used.
 * @param config config.json of the model
 */
export function firstPositionOf(
  config: { readonly model_type?: string | null; readonly pad_token_id?: number | null },
  architectures: Pick<ArchitectureTokenizers, "positionsAfterPadding">,
): number {
  const type = config.model_type ?? "";
  const isAfterPadding = architectures.positionsAfterPadding.has(type) || OTHERS.includes(type);
  return isAfterPadding ? (FIXED_PAD_IDS[type] ?? config.pad_token_id ?? 1) + 1 : 0;
}
