import { SecondpassError } from "./secondpass-error.js";

/** A sentence-transformers repository has a step, a pooling mode or an activation that is not built here. */
export class UnsupportedModuleError extends SecondpassError {
  override readonly name = "UnsupportedModuleError";

  constructor(
    readonly kind: "module" | "pooling mode" | "activation",
    readonly got: string,
    readonly supported: readonly string[],
  ) {
    super(`Expected a ${kind} of ${supported.join(", ")}, got "${got}".`);
  }
}
