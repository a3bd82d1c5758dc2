import { SecondpassError } from "@secondpass/core";

/** A model was asked to compute after `dispose()`. */
export class SessionDisposedError extends SecondpassError {
  override readonly name = "SessionDisposedError";

  constructor(readonly model: string) {
    super(
      `${model} was disposed of, and what was disposed of computes no more. ` +
        "Make a new instance, the way this one was made, or dispose of it only after its last call.",
    );
  }
}
