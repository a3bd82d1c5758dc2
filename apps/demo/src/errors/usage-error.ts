/** Thrown if the command line is invalid. Shown with a pointer to --help; exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
