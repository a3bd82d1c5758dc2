import { checkObject } from "../options/check-object.js";

/**
 * Checks that an option can be a filter: conditions on metadata, or a function. What the conditions say is checked when they are compiled.
 * @returns the value
 * @throws {InvalidOptionError}
 */
export function checkFilter<Filter>(option: string, filter: Filter): Filter {
  if (filter !== undefined && typeof filter !== "function")
    checkObject(option, filter, "conditions on metadata, or a function");
  return filter;
}
