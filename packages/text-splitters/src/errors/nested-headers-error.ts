import { SecondpassError } from "@secondpass/core";

/** Thrown for HTML whose headers are within each other, so that the texts of all together are much longer than the source. */
export class NestedHeadersError extends SecondpassError {
  override readonly name = "NestedHeadersError";

  /** @param limit characters of all headers' texts together */
  constructor(readonly limit: number) {
    super(
      `Expected headers with at most ${limit} characters together, got more: headers are within each other. ` +
        "Close each header before the next one begins.",
    );
  }
}
