/** Thrown if a valid command fails, for example because a file is missing. Shown as one sentence; exit code 1. */
export class DemoError extends Error {
  override readonly name = "DemoError";
}
