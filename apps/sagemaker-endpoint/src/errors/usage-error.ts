/** Thrown if the command line or the environment is invalid. The message is for the operator. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
