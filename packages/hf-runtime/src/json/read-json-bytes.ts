import { readFile, stat } from "node:fs/promises";
import { MalformedModelFileError } from "../errors/malformed-model-file-error.js";

/** The largest tokenizer.json of the hub has some 40 MB. */
const MAX_JSON_BYTES = 256 * 2 ** 20;

/** @throws MalformedModelFileError if the file is too large for JSON of a model */
export async function readJsonBytes(model: string, path: string, file: string): Promise<Buffer> {
  const { size } = await stat(file);
  if (size <= MAX_JSON_BYTES) return readFile(file);
  const got = `${size} bytes`;
  throw new MalformedModelFileError(model, path, `JSON of at most ${MAX_JSON_BYTES} bytes`, { got });
}
