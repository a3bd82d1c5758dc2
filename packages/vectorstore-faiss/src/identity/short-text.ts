import { byteCodec } from "../io/byte-codec.js";
import { sha256 } from "../io/sha256.js";

/** Longest text recorded whole; of longer ones, the beginning and a checksum. */
const MAX_CHARACTERS = 400;
const CHARACTERS_KEPT = 200;

/** Shortens a text for a record of bounded size: equal texts stay equal, different ones stay different. */
export function shortText(text: string): string {
  if (text.length <= MAX_CHARACTERS) return text;
  const hash = sha256();
  hash.update(byteCodec.encodeUtf8(text));
  return `${text.slice(0, CHARACTERS_KEPT)}… (${text.length} characters, SHA-256 ${hash.digest()})`;
}
