import { SecondpassError } from "@secondpass/core";

/** Thrown if a file is not a calibration that `saveCalibration` wrote. */
export class CalibrationFileError extends SecondpassError {
  override readonly name = "CalibrationFileError";

  /**
   * @param path the file
   * @param reason what was expected and what came, as the second half of a sentence
   */
  constructor(
    readonly path: string,
    reason: string,
  ) {
    super(`Cannot read the calibration ${path}: ${reason}. Fit the scores again, and save the calibration.`);
  }
}
