import { concatBytes } from "@secondpass/faiss/io";
import { byteCodec } from "./byte-codec.js";

/** What the engine of Node and Chromium can hold, the least of all; what is longer is refused on every platform. */
const MAX_STRING_LENGTH = 0x1fffffe8;

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Text as UTF-8, where a lone surrogate (half of a pair, legal in JavaScript and Python strings) becomes its three
 * bytes instead of a question mark: what Python calls "surrogatepass", and others WTF-8. No text is ever changed. The
 * bytes may share memory with others: read them at once, or copy.
 */
export function encodeWtf8(text: string): Uint8Array {
  if (!LONE_SURROGATE.test(text)) return byteCodec.encodeUtf8(text);
  const pieces = text.split(/(\p{Surrogate})/u).map((piece, i) => {
    if (i % 2 === 0) return byteCodec.encodeUtf8(piece);
    const unit = piece.charCodeAt(0);
    return Uint8Array.of(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
  });
  return concatBytes(pieces);
}

/**
 * The text of such bytes from `start` to `end`, `undefined` when they are no such text or make a longer string than
 * JavaScript has.
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
