import { SecondpassError } from "@secondpass/core";

/** Thrown if a repository has no weights of the requested kind. */
export class WeightsNotFoundError extends SecondpassError {
  override readonly name = "WeightsNotFoundError";

  /**
   * @param wanted the requested dtype or file
   * @param lookedFor repository paths that were looked for, best first
   * @param available every weights file that the repository has
   * @param dtypes number formats that these files have; there may be others
   * @param whenMissing what to do if only the cache was searched, which may lack files of the repository
   */
  constructor(
    readonly model: string,
    readonly wanted: string,
    readonly lookedFor: readonly string[],
    readonly available: readonly string[],
    readonly dtypes: readonly string[],
    whenMissing?: string,
  ) {
    const named = dtypes.map((dtype) => `"${dtype}"`).join(", ");
    const choose = `Choose a dtype that the repository has${named && ` (${named})`}, or name a file with onnxFile.`;
    const advice =
      whenMissing ??
      (available.length > 0 ? choose : "Is it a model's repository, and was it downloaded completely?");
    const subject = whenMissing ? `the cache to have weights of ${model}` : `${model} to have weights`;
    super(
      `Expected ${subject} for "${wanted}" (looked for ${lookedFor.join(", ")}), ` +
        `found ${available.join(", ") || "no weights at all"}. ${advice}`,
    );
  }
}
