import { SecondpassError } from "@secondpass/core";

/** What came down the wire is not the file that the hub announced; nothing of it is kept. */
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
        "It was thrown away; try again, and if it stays so, look at the proxy or mirror in between.",
    );
  }
}
