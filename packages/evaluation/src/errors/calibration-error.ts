import { SecondpassError } from "@secondpass/core";

/** Thrown if scores cannot be calibrated, or a calibration has no threshold for the requested goal. */
export class CalibrationError extends SecondpassError {
  override readonly name = "CalibrationError";
}
