import { ResponseFormatError } from "../../errors/response-format-error.js";

/**
 * Checks that a JSON list contains only numbers. The caller checks that they are finite.
 * @param where name of the list for the error message
 * @throws {ResponseFormatError} names the first entry that is not a number
 */
export function numbers(list: readonly unknown[], where: string): readonly number[] {
  const wrong = list.findIndex((value) => typeof value !== "number");
  if (wrong >= 0)
    throw new ResponseFormatError(`numbers in ${where}, but entry ${wrong} is not a number`, list);
  return list as readonly number[];
}
