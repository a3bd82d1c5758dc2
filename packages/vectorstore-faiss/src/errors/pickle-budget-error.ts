import { FaissError } from "@secondpass/faiss";

/**
 * A pickle asks for much more memory or work than its size warrants, such as thousands of copies of one long text. Damaged and hostile
 * files do; stores that Python saved stay far below.
 */
export class PickleBudgetError extends FaissError {
  override readonly name = "PickleBudgetError";

  /**
   * @param limitBytes what the values may take, in bytes
   * @param what that limit is for
   */
  constructor(
    readonly limitBytes: number,
    what: string,
  ) {
    super(
      `Expected ${what} of at most ${Math.ceil(limitBytes / 1024 / 1024)} MiB, but its shared references unfold to more. ` +
        "Is the file damaged, or from somebody you do not trust? If it is your own, keep long texts that many documents share out of their metadata.",
    );
  }
}
