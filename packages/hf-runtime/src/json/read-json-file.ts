import { checkJson } from "./check-json.js";
import type { JsonSchema } from "./json-schema.js";
import { parseJsonBytes } from "./parse-json-bytes.js";
import { readJsonBytes } from "./read-json-bytes.js";

/**
 * Reads a model's JSON file, parses it like Python, and checks it.
 * @param path path of the file in the model's repository, for errors
 * @param file path of the file on this machine
 * @throws MalformedModelFileError if it is too large, not UTF-8, not JSON, or does not fit the schema
 */
export async function readJsonFile<Json>(
  model: string,
  path: string,
  file: string,
  schema: JsonSchema<Json>,
): Promise<Json> {
  return checkJson(model, path, schema, parseJsonBytes(model, path, await readJsonBytes(model, path, file)));
}
