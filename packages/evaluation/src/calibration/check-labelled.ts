import { checkBoolean, checkNumber, checkObject, InvalidOptionError } from "@secondpass/core";
import { CalibrationError } from "../errors/calibration-error.js";
import type { LabelledScore } from "./labelled-score.js";

/** Maximum number of labels: more would block the thread for long, and add nothing. */
const MAX_LABELS = 20_000;

/**
 * @throws {InvalidOptionError} names the first item that is not a labelled score
 * @throws {CalibrationError} if all labels are the same
 */
export function checkLabelled(labelled: unknown): asserts labelled is readonly LabelledScore[] {
  if (!Array.isArray(labelled) || labelled.length > MAX_LABELS) {
    throw new InvalidOptionError(
      "labelled",
      `a list of at most ${MAX_LABELS} labelled scores`,
      labelled,
      Array.isArray(labelled) ? "A random sample of them does as well." : "",
    );
  }
  let relevant = 0;
  for (const [i, item] of labelled.entries()) {
    checkObject(`labelled[${i}]`, item, "a score with its label");
    checkNumber(`labelled[${i}].score`, item.score);
    if (checkBoolean(`labelled[${i}].relevant`, item.relevant)) relevant++;
  }
  if (relevant > 0 && relevant < labelled.length) return;
  throw new CalibrationError(
    `Expected scores of relevant and of other passages, got ${relevant} relevant of ${labelled.length}. ` +
      "Label passages of both kinds.",
  );
}
