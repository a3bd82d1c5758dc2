import { InvalidOptionError } from "../errors/invalid-option-error.js";
import { nearestName } from "./nearest-name.js";

/**
 * Checks that a value is one of a few names.
 * @returns the value
 * @throws {InvalidOptionError} lists the names and, if the value resembles one, says which
 */
export function checkOneOf<Name extends string>(
  option: string,
  value: unknown,
  names: readonly Name[],
): Name {
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  const nearest = typeof value === "string" ? nearestName(value, names) : undefined;
  throw new InvalidOptionError(
    option,
    `one of ${names.map((name) => `"${name}"`).join(", ")}`,
    value,
    nearest === undefined ? "" : `Did you mean "${nearest}"?`,
  );
}
