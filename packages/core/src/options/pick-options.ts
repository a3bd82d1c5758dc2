import { InvalidOptionError } from "../errors/invalid-option-error.js";
import { checkObject } from "./check-object.js";

/**
 * Copies the options with the given names, for a function that passes different options on to different functions.
 * @returns a new object; names that are not given are left out
 * @throws {InvalidOptionError} if `options` is not an object, or `names` not an array
 *
 * @example
 * pickOptions({ model: "acme/letters", batchSize: 8 }, ["model", "revision"]); // { model: "acme/letters" }
 */
export function pickOptions<Options extends object, Name extends PropertyKey>(
  options: Options,
  names: readonly Name[],
): Pick<Options, Extract<keyof Options, Name>> {
  checkObject("options", options);
  if (!Array.isArray(names)) throw new InvalidOptionError("names", "an array of names", names);
  const given = names.filter((name) => Object.hasOwn(options, name));
  const entries = given.map((name) => [name, options[name as unknown as keyof Options]]);
  return Object.fromEntries(entries) as Pick<Options, Extract<keyof Options, Name>>;
}
