import { checkHasMethod } from "@secondpass/core";
import { writeFileAtomically } from "@secondpass/core/node";
import type { ScoreCalibration } from "./score-calibration.js";

/** Name and version of the file's format. */
export const FORMAT = "secondpass-calibration-1";

/**
 * Saves a calibration to a file, whole or not at all.
 * @throws {InvalidOptionError} if `calibration` is not one, or `path` not a string
 * @throws {FileWriteError}
 */
export async function saveCalibration(calibration: ScoreCalibration, path: string): Promise<void> {
  checkHasMethod("calibration", calibration, ["toJSON"], "a ScoreCalibration");
  await writeFileAtomically(path, `${JSON.stringify({ format: FORMAT, ...calibration.toJSON() })}\n`);
}
