import { byteCodec } from "./byte-codec.js";
import { textOfUnits } from "./text-of-units.js";

/** Longest string of V8 (Node and Chromium), the shortest limit of all engines; it applies on every platform. */
const MAX_STRING_LENGTH = 0x1fffffe8;

/**
 * Decodes the bytes of `encodeWtf8` from `start` to `end`. Returns `undefined` if they are not WTF-8, or if the text is
 * longer than a JavaScript string can be.
 */
export function decodeWtf8(bytes: Uint8Array, start = 0, end = bytes.length): string | undefined {
  if (end - start > MAX_STRING_LENGTH) return undefined;
  const decoded = byteCodec.decodeUtf8(bytes, start, end);
  // Only bytes that are not UTF-8, or a replacement character itself, decode to one: most texts return here.
  if (!decoded.includes("\ufffd")) return decoded;
  const own = bytes.subarray(start, end);
  return byteCodec.isUtf8(own) ? decoded : decodeSurrogates(own);
}

/** Decodes a unit at a time: a text may be nothing but surrogates. */
function decodeSurrogates(bytes: Uint8Array): string | undefined {
  // No character has more units than bytes.
  const units = new Uint16Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at]!;
    const count =
      first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (count === 0 || at + count > bytes.length) return undefined;
    let point = count === 1 ? first : first & (0x7f >> count);
    for (let i = 1; i < count; i++) {
      const next = bytes[at + i]!;
      if ((next & 0xc0) !== 0x80) return undefined;
      point = (point << 6) | (next & 0x3f);
    }
    // An encoding longer than necessary, or a code point beyond Unicode.
    if (point > 0x10ffff || (count === 3 && point < 0x800) || (count === 4 && point < 0x10000))
      return undefined;
    if (point >= 0x10000) {
      units[length++] = 0xd800 + ((point - 0x10000) >> 10);
      units[length++] = 0xdc00 + (point & 0x3ff);
    } else {
      units[length++] = point;
    }
    at += count;
  }
  return textOfUnits(units.subarray(0, length));
}
