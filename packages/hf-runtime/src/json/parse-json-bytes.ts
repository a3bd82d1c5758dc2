import { decodeUtf8 } from "./decode-utf8.js";
import { parsePythonJson } from "./parse-python-json.js";

/**
 * Parses the bytes of a model's JSON file.
 * @throws MalformedModelFileError if they are not UTF-8 or not JSON
 */
export function parseJsonBytes(model: string, path: string, bytes: Uint8Array): unknown {
  return parsePythonJson(model, path, decodeUtf8(model, path, bytes));
}
