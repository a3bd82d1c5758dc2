import { InvalidOptionError } from "../errors/invalid-option-error.js";
import { adviceFor } from "../options/check-has-method.js";

/**
 * Checks that an option can be a filter: conditions on metadata, or a function. What the conditions say is checked when they are compiled.
 * @returns the value
 * @throws {InvalidOptionError}
 */
export function checkFilter<Filter>(option: string, filter: Filter): Filter {
  const advice = adviceFor(filter, "");
  const isConditions = typeof filter === "object" && filter !== null && !Array.isArray(filter);
  if (filter === undefined || typeof filter === "function" || (isConditions && advice === "")) return filter;
  throw new InvalidOptionError(option, "conditions on metadata, or a function", filter, advice);
}
