import { SecondpassError } from "@secondpass/core";

/** Thrown for a file without a loader, if DirectoryLoader's `unknown` is "error". */
export class UnknownFileTypeError extends SecondpassError {
  override readonly name = "UnknownFileTypeError";

  /** @param path path of the file */
  constructor(readonly path: string) {
    super(
      `Expected a loader for ${JSON.stringify(path)}, got none for its ending. ` +
        'Add one, or pass "ignore" as the fourth argument of DirectoryLoader.',
    );
  }
}
