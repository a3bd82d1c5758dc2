import { describeValue, SecondpassError } from "@secondpass/core";

/** The setting that an {@link UnsupportedSettingError} reports. */
export interface UnsupportedSetting {
  /** Path of the file in the model's repository. */
  readonly path: string;
  /** Place in the file, such as "model_kwargs.gguf_file". */
  readonly key: string;
  /** Completes "Expected … to be". */
  readonly expected: string;
  /** The value in the file. */
  readonly actual: unknown;
}

/**
 * Thrown if a file of the model has a setting that would change its results and that this package does not implement. sentence-transformers
 * obeys it, or throws as well.
 */
export class UnsupportedSettingError extends SecondpassError {
  override readonly name = "UnsupportedSettingError";
  readonly path: string;
  readonly key: string;
  readonly actual: unknown;

  constructor(
    readonly model: string,
    { path, key, expected, actual }: UnsupportedSetting,
  ) {
    super(
      `Expected "${key}" in ${path} of model "${model}" to be ${expected}, got ${describeValue(actual)}, which is not supported here. ` +
        "Choose another model, or change the setting in a copy of this one and check what it then computes.",
    );
    this.path = path;
    this.key = key;
    this.actual = actual;
  }
}
