import { readFile, stat } from "node:fs/promises";
import { MalformedModelFileError } from "../errors/malformed-model-file-error.js";

/** Maximum size of a JSON file. The largest tokenizer.json on the hub has some 40 MB. */
const MAX_JSON_BYTES = 256 * 2 ** 20;

/** Reads the bytes of a model's JSON file. @throws MalformedModelFileError if it is too large */
export async function readJsonBytes(model: string, path: string, file: string): Promise<Buffer> {
  const { size } = await stat(file);
  if (size <= MAX_JSON_BYTES) return readFile(file);
  const got = `${size} bytes`;
  throw new MalformedModelFileError(model, path, `JSON of at most ${MAX_JSON_BYTES} bytes`, { got });
}
