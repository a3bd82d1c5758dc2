import { SecondpassError } from "@secondpass/core";

/** A file of the model is there but cannot be read as what its name promises. */
export class MalformedModelFileError extends SecondpassError {
  override readonly name = "MalformedModelFileError";

  constructor(
    readonly model: string,
    readonly path: string,
    expected: string,
    options?: ErrorOptions,
  ) {
    const reason = options?.cause ? ` (${(options.cause as Error).message})` : "";
    super(
      `Expected "${path}" of model "${model}" to be ${expected}${reason}. ` +
        "Was it cut short or edited? Fetch it again, or delete the model's folder in the cache.",
      options,
    );
  }
}
