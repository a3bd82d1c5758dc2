import type { ModelConfig } from "../../model-source/model-config.js";

/**
 * How many tokens a table of `max_position_embeddings` rows is enough for.
 * @param first the first token's row
 */
export function tablePositions(config: ModelConfig, first = 0): number {
  return config.size("max_position_embeddings", 512) - first;
}
