import { SecondpassError } from "@secondpass/core";

/** Thrown if a weights file breaks the safetensors format: it is cut short, overwritten or of another kind. */
export class MalformedSafetensorsError extends SecondpassError {
  override readonly name = "MalformedSafetensorsError";

  constructor(
    readonly file: string,
    readonly reason: string,
  ) {
    super(`${file} is not a whole safetensors file: ${reason}. Download or save it again.`);
  }
}
