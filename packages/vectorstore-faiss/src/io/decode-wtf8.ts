import { byteCodec } from "./byte-codec.js";

/** What the engine of Node and Chromium can hold, the least of all; what is longer is refused on every platform. */
const MAX_STRING_LENGTH = 0x1fffffe8;

/**
 * The text of bytes that `encodeWtf8` made, from `start` to `end`; `undefined` if they are not such a text, or if the text is
 * longer than a JavaScript string can be.
 */
export function decodeWtf8(bytes: Uint8Array, start = 0, end = bytes.length): string | undefined {
  if (end - start > MAX_STRING_LENGTH) return undefined;
  const decoded = byteCodec.decodeUtf8(bytes, start, end);
  // Only what was no UTF-8, or a replacement character itself, decodes to one: nearly always the work is done.
  if (!decoded.includes("\ufffd")) return decoded;
  const own = bytes.subarray(start, end);
  return byteCodec.isUtf8(own) ? decoded : decodeSurrogates(own);
}

function decodeSurrogates(bytes: Uint8Array): string | undefined {
  let text = "";
  let start = 0;
  for (let at = surrogateAt(bytes, 0); at >= 0; at = surrogateAt(bytes, start)) {
    const before = bytes.subarray(start, at);
    if (!byteCodec.isUtf8(before)) return undefined;
    const unit = 0xd000 | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f);
    text += byteCodec.decodeUtf8(before) + String.fromCharCode(unit);
    start = at + 3;
  }
  const rest = bytes.subarray(start);
  return byteCodec.isUtf8(rest) ? text + byteCodec.decodeUtf8(rest) : undefined;
}

/** Where the next three bytes of a surrogate begin, -1 without one. */
function surrogateAt(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xed, from); at >= 0; at = bytes.indexOf(0xed, at + 1)) {
    if ((bytes[at + 1] ?? 0) >= 0xa0 && ((bytes[at + 2] ?? 0) & 0xc0) === 0x80) return at;
  }
  return -1;
}
