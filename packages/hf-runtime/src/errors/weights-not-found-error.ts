import { SecondpassError } from "@secondpass/core";

/** A repository has no weights of the requested kind. */
export class WeightsNotFoundError extends SecondpassError {
  override readonly name = "WeightsNotFoundError";

  /**
   * @param wanted the requested dtype or file
   * @param lookedFor repository paths that would have served, best first
   * @param available every weights file that the repository has
   * @param whenMissing what to do, where the repository may have more than could be looked at
   */
  constructor(
    readonly model: string,
    readonly wanted: string,
    readonly lookedFor: readonly string[],
    readonly available: readonly string[],
    whenMissing?: string,
  ) {
    const choose = "Choose a dtype that is there, or name a file with onnxFile.";
    const advice =
      whenMissing ??
      (available.length > 0 ? choose : "Is it a model's repository, and was it downloaded whole?");
    const subject = whenMissing ? `the cache to have weights of ${model}` : `${model} to have weights`;
    super(
      `Expected ${subject} for "${wanted}" (looked for ${lookedFor.join(", ")}), ` +
        `found ${available.join(", ") || "no weights at all"}. ${advice}`,
    );
  }
}
