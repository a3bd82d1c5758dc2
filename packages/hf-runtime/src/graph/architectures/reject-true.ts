import { ModelConfigError } from "../../errors/model-config-error.js";
import type { ModelConfig } from "../../model-source/model-config.js";

/** Checks that unsupported settings are off. @throws ModelConfigError if one of them is true */
export function rejectTrue(config: ModelConfig, ...keys: readonly string[]): void {
  for (const key of keys) if (config.boolean(key, false)) throw new ModelConfigError(key, "false", true);
}
