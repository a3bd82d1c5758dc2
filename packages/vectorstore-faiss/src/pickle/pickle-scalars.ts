import { byteCodec } from "../io/byte-codec.js";
import { small } from "./numpy-globals.js";
import { PythonDataError } from "./python-objects.js";

/** Whole numbers may be this long: conversions to and from decimal take time quadratic in their length. */
const MAX_INTEGER_BYTES = 4096;

/** Python's own limit for whole numbers written in decimal. */
const MAX_INTEGER_DIGITS = 4300;

/** A whole number of any length, least significant byte first. */
export function decodeTwosComplement(bytes: Uint8Array): bigint {
  if (bytes.length > MAX_INTEGER_BYTES) throw new PythonDataError("it has a whole number of absurd length");
  if (bytes.length === 0) return 0n;
  let hex = "0x";
  for (let i = bytes.length - 1; i >= 0; i--) hex += bytes[i]!.toString(16).padStart(2, "0");
  return BigInt.asIntN(bytes.length * 8, BigInt(hex));
}

/** Protocol 0's whole numbers: `12`, `12L`; and its booleans, `00` and `01`. */
export function parseDecimalInteger(text: string): number | bigint | boolean {
  if (text === "01") return true;
  if (text === "00") return false;
  const digits = text.endsWith("L") ? text.slice(0, -1) : text;
  if (!/^-?\d+$/.test(digits) || digits.length > MAX_INTEGER_DIGITS) {
    throw new PythonDataError("it has a whole number that is none");
  }
  return small(BigInt(digits));
}

/** Protocol 0's floats, `nan` and infinities among them. */
export function parseDecimalFloat(text: string): number {
  if (text === "nan") return Number.NaN;
  if (/^-?inf$/.test(text)) return text === "inf" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (!/^-?\d+(\.\d*)?(e[+-]?\d+)?$/.test(text))
    throw new PythonDataError("it has a float that is no number");
  return Number(text);
}

/** Protocol 0's text: Latin-1 with `\uXXXX` and `\UXXXXXXXX`. */
export function decodeRawUnicodeEscape(bytes: Uint8Array): string {
  return byteCodec
    .decodeLatin1(bytes)
    .replace(/\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8}))/g, (_, short?: string, long?: string) => {
      if (short !== undefined) return String.fromCharCode(Number.parseInt(short, 16));
      const point = Number.parseInt(long!, 16);
      if (point > 0x10ffff) throw new PythonDataError("it has a character beyond Unicode");
      return String.fromCodePoint(point);
    });
}

/** Four bytes, the least significant first. */
export function readUint32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

/** Eight bytes, the most significant first. */
export function readFloat64(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + at, 8).getFloat64(0);
}
