import type { PartDecoder } from "./part-decoder.js";
import { utf32Decoder } from "./utf32-decoder.js";

/**
 * A decoder for an encoding, by its name from `encodingName`; undefined if there is none. Takes a byte order mark off, and replaces
 * nothing: what cannot be decoded is an error.
 */
export function makeDecoder(encoding: string): PartDecoder | undefined {
  if (encoding === "latin-1") return { decode: decodeLatin1 };
  if (encoding === "ascii") return { decode: decodeAscii };
  if (encoding === "windows-1252" || encoding === "cp1252") return { decode: decodeWindows1252 };
  if (encoding === "utf-32le" || encoding === "utf-32be") return utf32Decoder(encoding === "utf-32le");
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    // A label that the WHATWG standard does not have.
    return undefined;
  }
}

/** Byte for code point, which no label of TextDecoder does. */
function decodeLatin1(part: Uint8Array): string {
  return Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString("latin1");
}

/** TextDecoder takes ASCII for windows-1252 and lets every byte pass. */
function decodeAscii(part: Uint8Array): string {
  if (part.some((byte) => byte > 0x7f)) throw new TypeError("A byte of more than 7 bits");
  return decodeLatin1(part);
}

/**
 * What windows-1252 has where Latin-1 has control characters, from 0x80 on. Some versions of Node decode these as Latin-1
 * (https://github.com/nodejs/node/issues/56542), hence not by TextDecoder.
 */
const WINDOWS_1252 =
  "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f" +
  "\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178";

function decodeWindows1252(part: Uint8Array): string {
  return decodeLatin1(part).replace(/[\x80-\x9f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80]!);
}
