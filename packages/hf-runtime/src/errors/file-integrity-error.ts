import { SecondpassError } from "@secondpass/core";

/** Thrown if a downloaded file is not the one that the hub announced. The download is deleted. */
export class FileIntegrityError extends SecondpassError {
  override readonly name = "FileIntegrityError";

  constructor(
    readonly model: string,
    readonly path: string,
    /** `sha256 ab12…` or `1234 bytes`. */
    readonly expected: string,
    readonly received: string,
  ) {
    super(
      `The download of "${path}" of model "${model}" is damaged: expected ${expected}, got ${received}. ` +
        "It was deleted. Try again; if this happens again, check the proxy or mirror in between.",
    );
  }
}
