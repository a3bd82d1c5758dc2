import { SecondpassError } from "@secondpass/core";

/** Thrown for a file that no loader is given for, if DirectoryLoader is told to throw then. */
export class UnknownFileTypeError extends SecondpassError {
  override readonly name = "UnknownFileTypeError";

  /** @param path of the file */
  constructor(readonly path: string) {
    super(
      `Expected a loader for ${JSON.stringify(path)}, got none for its ending. ` +
        'Add one, or pass "ignore" as the fourth argument of DirectoryLoader.',
    );
  }
}
