import { SecondpassError } from "@secondpass/core";

/** Thrown if the model has no adapters of the given name. */
export class UnknownAdapterError extends SecondpassError {
  override readonly name = "UnknownAdapterError";

  constructor(
    readonly model: string,
    readonly adapter: string,
    readonly available: readonly string[],
  ) {
    super(
      `Expected the adapter to be one of ${model}'s (${available.join(", ") || "it has none"}), got "${adapter}". ` +
        "Leave it out for the model's weights without adapters.",
    );
  }
}
