import { ResponseFormatError } from "../../errors/response-format-error.js";
import { isRecord } from "./is-record.js";

/**
 * Reads the list under `key` of a JSON object.
 * @throws {ResponseFormatError} if the value is not an object with such a list
 */
export function listAt(response: unknown, key: string): readonly unknown[] {
  const list = isRecord(response) ? response[key] : undefined;
  if (!Array.isArray(list)) throw new ResponseFormatError(`an object with a list "${key}"`, response);
  return list;
}
