import { FaissError } from "@secondpass/faiss";

/**
 * Thrown if a pickle needs far more memory or work than its size justifies, such as thousands of copies of one long text. This happens with damaged and
 * hostile files; stores that Python saved stay far below the limit.
 */
export class PickleBudgetError extends FaissError {
  override readonly name = "PickleBudgetError";

  /**
   * @param limitBytes maximum memory of the values, in bytes
   * @param what the limit applies to
   */
  constructor(
    readonly limitBytes: number,
    what: string,
  ) {
    super(
      `Expected ${what} of at most ${Math.ceil(limitBytes / 1024 / 1024)} MiB, but its shared references expand to more. ` +
        "Is the file damaged, or from somebody you do not trust? If it is your own, remove long texts that many documents share from their metadata.",
    );
  }
}
