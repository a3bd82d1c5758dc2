import { ResponseFormatError } from "../../errors/response-format-error.js";
import { isRecord } from "./is-record.js";

/**
 * The list under `key` of a JSON object.
 * @throws {ResponseFormatError} if there is none
 */
export function listAt(response: unknown, key: string): readonly unknown[] {
  const list = isRecord(response) ? response[key] : undefined;
  if (!Array.isArray(list)) throw new ResponseFormatError(`an object with a list "${key}"`, response);
  return list;
}
