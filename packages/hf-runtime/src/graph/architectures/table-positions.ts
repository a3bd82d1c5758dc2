import type { ModelConfig } from "../../model-source/model-config.js";

/**
 * How many tokens a table of `max_position_embeddings` rows can hold.
 * @param first row of the first token
 */
export function tablePositions(config: ModelConfig, first = 0): number {
  return config.size("max_position_embeddings", 512) - first;
}
