import { SecondpassError } from "./secondpass-error.js";

/** A repository has no weights of the kind asked for. */
export class WeightsNotFoundError extends SecondpassError {
  override readonly name = "WeightsNotFoundError";

  /**
   * @param wanted the dtype or file asked for
   * @param lookedFor repository paths that would have served, best first
   * @param available every weights file that the repository has
   */
  constructor(
    readonly model: string,
    readonly wanted: string,
    readonly lookedFor: readonly string[],
    readonly available: readonly string[],
  ) {
    const advice =
      available.length > 0
        ? "Choose a dtype that is there, or name a file with onnxFile."
        : "Is it a model's repository, and was it downloaded whole?";
    super(
      `Expected ${model} to have weights for "${wanted}" (looked for ${lookedFor.join(", ")}), ` +
        `found ${available.join(", ") || "no weights at all"}. ${advice}`,
    );
  }
}
