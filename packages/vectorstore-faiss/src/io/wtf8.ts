import { constants, isUtf8 } from "node:buffer";

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Text as UTF-8, where a lone surrogate (half of a pair, legal in JavaScript and Python strings) becomes its three
 * bytes instead of a question mark: what Python calls "surrogatepass", and others WTF-8. No text is ever changed.
 */
export function encodeWtf8(text: string): Uint8Array {
  if (!LONE_SURROGATE.test(text)) return Buffer.from(text, "utf8");
  const pieces = text.split(/(\p{Surrogate})/u).map((piece, i) => {
    if (i % 2 === 0) return Buffer.from(piece, "utf8");
    const unit = piece.charCodeAt(0);
    return Buffer.from([0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)]);
  });
  return Buffer.concat(pieces);
}

/**
 * The text of such bytes from `start` to `end`, `undefined` when they are no such text or make a longer string than
 * JavaScript has.
 */
export function decodeWtf8(bytes: Uint8Array, start = 0, end = bytes.length): string | undefined {
  if (end - start > constants.MAX_STRING_LENGTH) return undefined;
  const whole = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const decoded = whole.toString("utf8", start, end);
  // Only what was no UTF-8, or a replacement character itself, decodes to one: nearly always the work is done.
  if (!decoded.includes("\ufffd")) return decoded;
  const buffer = whole.subarray(start, end);
  return isUtf8(buffer) ? decoded : decodeSurrogates(buffer);
}

function decodeSurrogates(buffer: Buffer): string | undefined {
  let text = "";
  let start = 0;
  for (let at = surrogateAt(buffer, 0); at >= 0; at = surrogateAt(buffer, start)) {
    const before = buffer.subarray(start, at);
    if (!isUtf8(before)) return undefined;
    const unit = 0xd000 | ((buffer[at + 1]! & 0x3f) << 6) | (buffer[at + 2]! & 0x3f);
    text += before.toString("utf8") + String.fromCharCode(unit);
    start = at + 3;
  }
  const rest = buffer.subarray(start);
  return isUtf8(rest) ? text + rest.toString("utf8") : undefined;
}

/** Where the next three bytes of a surrogate begin, -1 without one. */
function surrogateAt(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xed, from); at >= 0; at = bytes.indexOf(0xed, at + 1)) {
    if ((bytes[at + 1] ?? 0) >= 0xa0 && ((bytes[at + 2] ?? 0) & 0xc0) === 0x80) return at;
  }
  return -1;
}
