import { ModelConfigError } from "../../errors/model-config-error.js";
import type { ModelConfig } from "../../model-source/model-config.js";

/** Checks that options which change what a model computes, in a way that no graph is built for, are off. @throws ModelConfigError */
export function refuseTrue(config: ModelConfig, ...keys: readonly string[]): void {
  for (const key of keys) if (config.boolean(key, false)) throw new ModelConfigError(key, "false", true);
}
