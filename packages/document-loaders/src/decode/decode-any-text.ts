import { FileDecodingError } from "../errors/file-decoding-error.js";
import { decodeText } from "./decode-text.js";
import { detectEncoding } from "./detect-encoding.js";

/** Share of zero bytes above which a text is not UTF-8: UTF-16 has more, logs with a stray zero have less. */
const MAX_ZEROS = 0.01;
/** Bytes in which zeros are counted. */
const ZEROS_BYTES = 1 << 16;
const ESCAPE = 0x1b;
/** Maximum number of bytes of a character, in any encoding. */
const MAX_CHARACTER_BYTES = 4;

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
    const found = await encodingLikeUtf8(bytes, source);
    if (found !== undefined) return decodeText(bytes, found, source);
  }
  try {
    return await decodeText(bytes, encoding, source);
  } catch (error) {
    if (!FileDecodingError.isInstance(error)) throw error;
    const found = await detectEncoding(bytes, source).catch((unclear: unknown) => {
      // Detection failed at the first bytes beyond ASCII. If the expected encoding decodes these, the text is in that encoding, but damaged.
      const isDamaged =
        FileDecodingError.isInstance(unclear) && unclear.byteOffset + MAX_CHARACTER_BYTES < error.byteOffset;
      throw isDamaged ? error : unclear;
    });
    return decodeText(bytes, found, source);
  }
}

/** Detects encodings whose bytes can also be valid UTF-8: UTF-16 by its zeros, and ISO-2022 by its escapes. */
async function encodingLikeUtf8(bytes: Uint8Array, source: string): Promise<string | undefined> {
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
