import { SecondpassError } from "@secondpass/core";

/** Thrown if a file or folder is missing, cannot be read, or is of another kind than expected. */
export class FileReadError extends SecondpassError {
  override readonly name = "FileReadError";
  /** Node's code, such as "ENOENT" or "EACCES"; undefined if the system gave none. */
  readonly code: string | undefined;

  /**
   * @param path the path as the caller gave it
   * @param expected what it should have been: "a readable file"
   * @param cause the error; or, as a text, what is there instead: "a pipe"
   */
  constructor(
    readonly path: string,
    expected: string,
    cause: unknown,
  ) {
    const code = codeOf(cause);
    super(`Expected ${expected} at ${JSON.stringify(path)}, got ${explain(code, cause, path)}.`, { cause });
    this.code = code;
  }
}

function codeOf(cause: unknown): string | undefined {
  return typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string"
    ? cause.code
    : undefined;
}

function explain(code: string | undefined, cause: unknown, path: string): string {
  if (typeof cause === "string") return cause;
  switch (code) {
    case "ENOENT":
      return path.includes("\ufffd")
        ? "nothing there (ENOENT). Its name may have bytes that are not UTF-8: rename it"
        : `nothing there (ENOENT). Relative paths start at ${workingFolder()}`;
    case "EISDIR":
      return "a folder (EISDIR). DirectoryLoader loads folders";
    case "ENOTDIR":
      return "a file (ENOTDIR). TextLoader loads files";
    case "EACCES":
    case "EPERM":
      return `no permission to read it (${code})`;
    case "ELOOP":
      return "links that lead in a circle (ELOOP)";
    default:
      return `an error: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}

function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return "a working folder that was deleted";
  }
}
