import { SecondpassError } from "@secondpass/core";

/** A weights file is not what the safetensors format says: cut short, overwritten or of another kind. */
export class MalformedSafetensorsError extends SecondpassError {
  override readonly name = "MalformedSafetensorsError";

  constructor(
    readonly file: string,
    readonly reason: string,
  ) {
    super(`${file} is not a whole safetensors file: ${reason}. Download or save it again.`);
  }
}
