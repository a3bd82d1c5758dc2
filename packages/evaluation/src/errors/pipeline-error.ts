import { SecondpassError } from "@secondpass/core";

/** Thrown if a pipeline cannot be built, or fails on a question. */
export class PipelineError extends SecondpassError {
  override readonly name = "PipelineError";

  /**
   * @param pipeline its name
   * @param question the question it failed on; undefined if it could not be built
   */
  constructor(
    readonly pipeline: string,
    readonly question: string | undefined,
    cause: unknown,
  ) {
    const where = question === undefined ? "could not be built" : `failed on ${JSON.stringify(question)}`;
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `Pipeline "${pipeline}" ${where}: ${reason} Mend it, or compare the others with \`onPipelineError: "report"\`.`,
      { cause },
    );
  }
}
