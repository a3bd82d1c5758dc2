import { UnknownOptionError } from "../errors/unknown-option-error.js";
import { checkObject } from "./check-object.js";
import { nearestName } from "./nearest-name.js";

/**
 * Checks that options are an object and that all their names are known. `undefined` counts as no options.
 *
 * @param known names of all options
 * @param owner class or function that takes them, for the error's text
 * @throws {InvalidOptionError} if `options` is not an object
 * @throws {UnknownOptionError} names the first unknown option and the known one that it resembles most
 *
 * @example
 * checkKnownOptions({ top_n: 3 }, ["model", "topN"], "CrossEncoderReranker");
 * // CrossEncoderReranker has no option `top_n`. Did you mean `topN`? Its options are model, topN.
 */
export function checkKnownOptions(options: unknown, known: readonly string[], owner: string): void {
  if (options === undefined) return;
  checkObject("options", options, `an object of options of ${owner}`);
  for (const name of Object.keys(options as object)) {
    if (!known.includes(name)) throw new UnknownOptionError(name, owner, known, nearestName(name, known));
  }
}
