import { SecondpassError } from "@secondpass/core";

/** Thrown if a calibration was fitted to the scores of another model. */
export class CalibrationModelError extends SecondpassError {
  override readonly name = "CalibrationModelError";

  /**
   * @param path the file
   * @param expected id of the model in use
   * @param found id of the model in the file
   */
  constructor(
    readonly path: string,
    readonly expected: string,
    readonly found: string,
  ) {
    super(
      `Expected a calibration for the scores of "${expected}" in ${path}, got one for "${found}". ` +
        "Scores of two models are not comparable: fit a calibration for this model.",
    );
  }
}
