import { concatBytes } from "@secondpass/faiss/io";
import { byteCodec } from "./byte-codec.js";

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Text as UTF-8, where a lone surrogate (half of a pair, legal in JavaScript and Python strings) becomes its three
 * bytes instead of a question mark: what Python calls "surrogatepass", and others WTF-8. No text is ever changed. The
 * bytes may share memory with others: read them before anything else is done, or copy.
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
