/** The command line was not understood; shown with a pointer to --help, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What was asked for cannot be done here; shown as one sentence, exit code 1. */
export class DemoError extends Error {
  override readonly name = "DemoError";
}
