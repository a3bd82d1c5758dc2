import { checkObject } from "../options/check-object.js";

/**
 * Checks that an option is an object of conditions on metadata, or a function. The conditions are checked later, when they are compiled.
 * @returns the value
 * @throws {InvalidOptionError}
 */
export function checkFilter<Filter>(option: string, filter: Filter): Filter {
  if (filter !== undefined && typeof filter !== "function")
    checkObject(option, filter, "conditions on metadata, or a function");
  return filter;
}
