import { SecondpassError } from "@secondpass/core";

/** Thrown if a weights file is not what PyTorch writes: it is cut short, overwritten or of another kind. */
export class MalformedTorchFileError extends SecondpassError {
  override readonly name = "MalformedTorchFileError";

  constructor(
    readonly file: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${file} is not a whole PyTorch file: ${reason}. Download or save it again.`, options);
  }
}
