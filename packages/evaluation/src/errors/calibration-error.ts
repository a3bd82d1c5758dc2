import { SecondpassError } from "@secondpass/core";

/** Thrown if scores cannot be calibrated, or a calibration cannot give what is asked. */
export class CalibrationError extends SecondpassError {
  override readonly name = "CalibrationError";
}
