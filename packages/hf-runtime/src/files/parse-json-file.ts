import { MalformedModelFileError } from "../errors/malformed-model-file-error.js";

/**
 * Parses the text of a model's JSON file.
 * @throws MalformedModelFileError when it is not JSON
 */
export function parseJsonFile<T>(model: string, path: string, text: string): T {
  try {
    // Some editors on Windows put a byte order mark in front, which JSON.parse refuses.
    return JSON.parse(text.replace(/^\uFEFF/, "")) as T;
  } catch (cause) {
    throw new MalformedModelFileError(model, path, "JSON", { cause });
  }
}
