import { checkObject } from "./check-object.js";

/** Checks the value of an option. @throws an error that says what was expected */
export type OptionCheck = (option: string, value: unknown) => unknown;

/**
 * Checks the value of each option that is given and has a check. Names are checked elsewhere: see `checkKnownOptions`.
 *
 * @param options `undefined`, as a whole or as a value, counts as not given
 * @param checks by name
 * @throws {InvalidOptionError} if `options` is not an object
 * @throws what the checks throw
 *
 * @example
 * checkOptionValues({ upsert: "yes" }, { upsert: checkBoolean });
 * // Expected `upsert` to be true or false, got "yes".
 */
export function checkOptionValues(
  options: object | undefined,
  checks: Readonly<Record<string, OptionCheck>>,
): void {
  if (options === undefined) return;
  checkObject("options", options);
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined && Object.hasOwn(checks, name)) checks[name]!(name, value);
  }
}
