/** The command line or the environment says something that cannot be meant; the message is for the operator. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
