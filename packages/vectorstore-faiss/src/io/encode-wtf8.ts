import { byteCodec } from "./byte-codec.js";

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Encodes a text as WTF-8: UTF-8, where a lone surrogate (half of a pair, legal in JavaScript and Python strings) becomes three
 * bytes instead of a replacement character. Python calls this "surrogatepass". Decoding gives the same text. The
 * bytes may share memory with others: read them before any other call, or copy them.
 */
export function encodeWtf8(text: string): Uint8Array {
  if (!LONE_SURROGATE.test(text)) return byteCodec.encodeUtf8(text);
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  // A unit at a time: a text may be nothing but surrogates.
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i)!;
    if (point < 0x80) {
      bytes[length++] = point;
    } else if (point < 0x800) {
      bytes[length++] = 0xc0 | (point >> 6);
      bytes[length++] = 0x80 | (point & 0x3f);
    } else if (point < 0x10000) {
      bytes[length++] = 0xe0 | (point >> 12);
      bytes[length++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[length++] = 0x80 | (point & 0x3f);
    } else {
      bytes[length++] = 0xf0 | (point >> 18);
      bytes[length++] = 0x80 | ((point >> 12) & 0x3f);
      bytes[length++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[length++] = 0x80 | (point & 0x3f);
      i++;
    }
  }
  return bytes.subarray(0, length);
}
