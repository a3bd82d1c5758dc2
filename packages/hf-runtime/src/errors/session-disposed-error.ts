import { SecondpassError } from "./secondpass-error.js";

/** A model was asked to compute after `dispose()`. */
export class SessionDisposedError extends SecondpassError {
  override readonly name = "SessionDisposedError";

  constructor(readonly model: string) {
    super(`${model} was disposed of and cannot compute any more. Load it again, or dispose of it later.`);
  }
}
