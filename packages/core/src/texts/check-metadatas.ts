import { InvalidOptionError } from "../errors/invalid-option-error.js";
import { adviceFor } from "../options/check-has-method.js";

/**
 * Checks that an argument is metadata for texts: an object for all of them, or an array.
 * @throws {InvalidOptionError}
 */
export function checkMetadatas(metadatas: unknown): void {
  const advice = adviceFor(metadatas, "");
  if (typeof metadatas === "object" && metadatas !== null && advice === "") return;
  const expected = "an object, or an array with one for each text";
  throw new InvalidOptionError("metadatas", expected, metadatas, advice);
}
