import { SecondpassError } from "@secondpass/core";

/** Thrown for HTML whose headers are nested so deeply that their texts together are much longer than the source. */
export class NestedHeadersError extends SecondpassError {
  override readonly name = "NestedHeadersError";

  /** @param limit maximum number of characters of all headers' texts together */
  constructor(readonly limit: number) {
    super(
      `Expected headers with at most ${limit} characters together, got more: headers are nested. ` +
        "Close each header before the next one begins.",
    );
  }
}
