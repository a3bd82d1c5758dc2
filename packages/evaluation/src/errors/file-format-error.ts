import { describeValue, SecondpassError } from "@secondpass/core";

/** Thrown if a line of a file does not match the file's format. */
export class FileFormatError extends SecondpassError {
  override readonly name = "FileFormatError";

  /**
   * @param path the file
   * @param line number of the line, from 1
   * @param expected completes "expected …"
   * @param value the value found
   * @param advice what to do about it, as a separate sentence
   */
  constructor(
    readonly path: string,
    readonly line: number,
    readonly expected: string,
    readonly value: unknown,
    advice = "",
  ) {
    super(
      `Cannot read ${path}, line ${line}: expected ${expected}, got ${describeValue(value)}.${advice && ` ${advice}`}`,
    );
  }
}
