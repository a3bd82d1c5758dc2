import type { PartDecoder } from "./part-decoder.js";
import { utf32Decoder } from "./utf32-decoder.js";

/**
 * Makes a decoder for an encoding, by its name from `encodingName`; undefined if the encoding is unknown. The decoder removes a byte order
 * mark, and throws for invalid bytes.
 */
export function makeDecoder(encoding: string): PartDecoder | undefined {
  if (encoding === "latin-1") return { decode: decodeLatin1 };
  if (encoding === "ascii") return { decode: decodeAscii };
  if (encoding === "windows-1252" || encoding === "cp1252") return { decode: decodeWindows1252 };
  if (encoding === "utf-32le" || encoding === "utf-32be") return utf32Decoder(encoding === "utf-32le");
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    // The WHATWG standard does not have this label.
    return undefined;
  }
}

/** Decodes each byte as the same code point, for which TextDecoder has no label. */
function decodeLatin1(part: Uint8Array): string {
  return Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString("latin1");
}

/** Decodes ASCII strictly. TextDecoder decodes it as windows-1252, which accepts every byte. */
function decodeAscii(part: Uint8Array): string {
  if (part.some((byte) => byte > 0x7f)) throw new TypeError("A byte of more than 7 bits");
  return decodeLatin1(part);
}

/**
 * The characters of windows-1252 from 0x80 on, where Latin-1 has control characters. TextDecoder is not used, because some versions of
 * Node decode these as Latin-1 (https://github.com/nodejs/node/issues/56542).
 */
const WINDOWS_1252 =
  "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f" +
  "\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178";

function decodeWindows1252(part: Uint8Array): string {
  return decodeLatin1(part).replace(/[\x80-\x9f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80]!);
}
