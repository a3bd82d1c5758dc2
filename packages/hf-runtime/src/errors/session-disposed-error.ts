import { SecondpassError } from "@secondpass/core";

/** Thrown if a model is called after `dispose()`. */
export class SessionDisposedError extends SecondpassError {
  override readonly name = "SessionDisposedError";

  constructor(readonly model: string) {
    super(
      `${model} has been disposed and cannot be used again. ` +
        "Make a new instance in the same way as this one, or dispose it only after its last call.",
    );
  }
}
