/** Thrown if a deployment failed and was rolled back, as far as possible. */
export class DeployError extends Error {
  override readonly name = "DeployError";

  /**
   * @param step the operation that failed ("CreateEndpoint")
   * @param leftOver what the roll-back could not remove; it may cost money until somebody removes it
   */
  constructor(
    readonly step: string,
    readonly leftOver: readonly string[],
    cause: unknown,
  ) {
    const detail = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    const rest =
      leftOver.length === 0
        ? "Everything that it had created was removed."
        : `Could not remove these, so remove them yourself: ${leftOver.join("; ")}.`;
    super(`${step} failed: ${detail} ${rest}`, { cause });
  }
}
