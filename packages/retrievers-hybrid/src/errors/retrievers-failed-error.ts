import { SecondpassError } from "@secondpass/core";

/** Thrown if all retrievers of an ensemble fail. */
export class RetrieversFailedError extends SecondpassError {
  override readonly name = "RetrieversFailedError";

  /** @param errors of the retrievers, in their order */
  constructor(readonly errors: readonly unknown[]) {
    const messages = errors.map((error) => (error instanceof Error ? error.message : String(error)));
    super(
      `Expected one of ${errors.length} retrievers to find documents, but all failed: ${messages.join("; ")}`,
      {
        cause: errors[0],
      },
    );
  }
}
