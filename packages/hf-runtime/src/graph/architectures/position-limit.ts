import type { ModelConfig } from "../../model-source/model-config.js";
import { architectures } from "./architectures.js";

/**
 * Longest input that a model has positions for, in tokens, special tokens counted. Undefined if its positions are computed, or if its
 * architecture is not supported.
 */
export function positionLimit(config: ModelConfig): number | undefined {
  const type = config.values.model_type;
  return architectures.find((one) => one.modelTypes.includes(String(type)))?.positions?.(config);
}
