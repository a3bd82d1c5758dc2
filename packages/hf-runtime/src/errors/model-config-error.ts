import { describeValue, SecondpassError } from "@secondpass/core";

/** Thrown if a value in config.json is missing, of the wrong kind, or names something that the graph builder does not know. */
export class ModelConfigError extends SecondpassError {
  override readonly name = "ModelConfigError";

  constructor(
    readonly key: string,
    readonly expected: string,
    readonly actual: unknown,
  ) {
    super(`Expected "${key}" in config.json to be ${expected}, got ${describeValue(actual)}.`);
  }
}
