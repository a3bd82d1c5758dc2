import { MalformedModelFileError } from "../errors/malformed-model-file-error.js";

/**
 * Decodes a model's text file, without the byte order mark that some editors add.
 * @throws MalformedModelFileError if it is not UTF-8, because wrong characters would give wrong tokens
 */
export function decodeUtf8(model: string, path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new MalformedModelFileError(model, path, "UTF-8", { cause });
  }
}
