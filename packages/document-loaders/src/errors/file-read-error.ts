import { SecondpassError } from "@secondpass/core";

/** A file or folder that is not there, or cannot be read. */
export class FileReadError extends SecondpassError {
  override readonly name = "FileReadError";
  /** Node's code, such as "ENOENT" or "EACCES"; undefined if the system gave none. */
  readonly code: string | undefined;

  /**
   * @param path as the caller gave it
   * @param expected what it should have been: "a readable file"
   */
  constructor(
    readonly path: string,
    expected: string,
    cause: unknown,
  ) {
    const code = codeOf(cause);
    super(`Expected ${expected} at ${JSON.stringify(path)}, got ${explain(code, cause)}.`, { cause });
    this.code = code;
  }
}

function codeOf(cause: unknown): string | undefined {
  return typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string"
    ? cause.code
    : undefined;
}

function explain(code: string | undefined, cause: unknown): string {
  switch (code) {
    case "ENOENT":
      return `nothing there (ENOENT). Relative paths are looked up from ${process.cwd()}`;
    case "EISDIR":
      return "a folder (EISDIR). DirectoryLoader loads folders";
    case "ENOTDIR":
      return "a file (ENOTDIR). TextLoader loads files";
    case "EACCES":
    case "EPERM":
      return `no permission to read it (${code})`;
    default:
      return `an error: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}
