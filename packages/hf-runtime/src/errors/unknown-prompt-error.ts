import { SecondpassError } from "@secondpass/core";

/** Thrown if the model has no prompt of the given name. */
export class UnknownPromptError extends SecondpassError {
  override readonly name = "UnknownPromptError";

  constructor(
    readonly model: string,
    readonly promptName: string,
    readonly available: readonly string[],
  ) {
    super(
      `Expected promptName to be one of ${model}'s prompts (${available.join(", ") || "it has none"}), ` +
        `got "${promptName}". Give the text itself as prompt instead.`,
    );
  }
}
