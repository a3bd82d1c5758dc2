/** Kind of a target's failure: a column in the last line of `npm run fuzz`. */
export type FuzzFailureKind = "untyped error" | "stall" | "hang" | "over memory";

/** Thrown inside a property if an input breaks the law of a {@link FuzzTarget}. */
export class FuzzFailure extends Error {
  override readonly name = "FuzzFailure";

  constructor(
    readonly kind: FuzzFailureKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
