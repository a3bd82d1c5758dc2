import { FileDecodingError } from "../errors/file-decoding-error.js";
import { decodeText } from "./decode-text.js";
import { detectEncoding } from "./detect-encoding.js";

/** Share of zero bytes above which a text is not UTF-8: UTF-16 has more, logs with a stray zero have less. */
const MAX_ZEROS = 0.01;
/** Bytes in which zeros are counted. */
const ZEROS_BYTES = 1 << 16;
const ESCAPE = 0x1b;
/** Maximum length of a character in bytes. */
const LONGEST = 4;

/**
 * Decodes bytes in the given encoding (default: UTF-8), or, if that fails, in the detected one.
 *
 * @param source name of the bytes in error messages
 * @throws {FileDecodingError} if the encoding is not clear @throws {UnknownEncodingError}
 */
export async function decodeAnyText(
  bytes: Uint8Array,
  encoding: string | undefined,
  source: string,
): Promise<string> {
  if (encoding === undefined) {
    const found = await encodingOfAscii(bytes, source);
    if (found !== undefined) return decodeText(bytes, found, source);
  }
  try {
    return await decodeText(bytes, encoding, source);
  } catch (error) {
    if (!FileDecodingError.isInstance(error)) throw error;
    const found = await detectEncoding(bytes, source).catch((unclear: unknown) => {
      // If the first foreign characters are right in the expected encoding, the text is damaged, not in another encoding.
      const isDamaged =
        FileDecodingError.isInstance(unclear) && unclear.byteOffset + LONGEST < error.byteOffset;
      throw isDamaged ? error : unclear;
    });
    return decodeText(bytes, found, source);
  }
}

/** Detects encodings whose bytes are also valid UTF-8: UTF-16 with its zeros, and ISO-2022 with its escapes. */
async function encodingOfAscii(bytes: Uint8Array, source: string): Promise<string | undefined> {
  if (hasManyZeros(bytes)) return detectEncoding(bytes, source);
  if (!hasCharsetEscape(bytes)) return undefined;
  // Terminals use the same escapes.
  const found = await detectEncoding(bytes, source).catch(() => "");
  return found.startsWith("iso-2022") ? found : undefined;
}

function hasManyZeros(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, ZEROS_BYTES);
  let zeros = 0;
  for (const byte of sample) if (byte === 0) zeros++;
  return zeros > sample.length * MAX_ZEROS;
}

/** Whether the bytes contain an escape that selects a character set: ESC "$" or ESC "(". */
function hasCharsetEscape(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(ESCAPE); at >= 0; at = bytes.indexOf(ESCAPE, at + 1)) {
    if (bytes[at + 1] === 0x24 || bytes[at + 1] === 0x28) return true;
  }
  return false;
}
