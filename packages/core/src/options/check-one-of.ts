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
    listed(names),
    value,
    nearest === undefined ? "" : `Did you mean "${nearest}"?`,
  );
}

/** Two names as `"a" or "b"`, more as `one of "a", "b", "c"`. */
function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  return quoted.length === 2 ? quoted.join(" or ") : `one of ${quoted.join(", ")}`;
}
