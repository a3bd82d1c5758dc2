import { PythonValue } from "../../documents/metadata/python-value.js";
import { byteCodec } from "../../io/byte-codec.js";
import { decodeWtf8 } from "../../io/decode-wtf8.js";
import { textOfUnits } from "../../io/text-of-units.js";
import { OP } from "./op.js";
import { readUint32 } from "./read-uint32.js";
import { floatValue } from "./values/float-value.js";
import { integerValue } from "./values/integer-value.js";
import { PythonDataError } from "./values/python-data-error.js";

/** Limit of whole numbers: conversions to and from decimal take time quadratic in their length. */
const MAX_INTEGER_BYTES = 4096;

/** Python's own limit for whole numbers written in decimal. */
const MAX_INTEGER_DIGITS = 4300;

/**
 * The value of an opcode of numbers, text or bytes.
 * @param bytes contain its argument from `start` to `end`
 * @param bytesStay whether `bytes` never change, so that Python's bytes need no copy
 * @throws PythonDataError, also for all other opcodes
 */
export function readLiteral(
  code: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  bytesStay: boolean,
): unknown {
  switch (code) {
    case OP.NONE:
      return null;
    case OP.NEWTRUE:
      return true;
    case OP.NEWFALSE:
      return false;
    case OP.BININT1:
      return bytes[start]!;
    case OP.BININT2:
      return bytes[start]! | (bytes[start + 1]! << 8);
    case OP.BININT:
      return readUint32(bytes, start) | 0;
    case OP.LONG1:
    case OP.LONG4:
      return integerValue(decodeTwosComplement(bytes.subarray(start, end)));
    case OP.INT:
    case OP.LONG:
      return parseDecimalInteger(byteCodec.decodeLatin1(bytes, start, end).trimEnd());
    case OP.BINFLOAT:
      return floatValue(readFloat64(bytes, start));
    case OP.FLOAT:
      return floatValue(parseDecimalFloat(byteCodec.decodeLatin1(bytes, start, end).trimEnd()));
    case OP.SHORT_BINUNICODE:
    case OP.BINUNICODE:
    case OP.BINUNICODE8: {
      const text = decodeWtf8(bytes, start, end);
      if (text === undefined)
        throw new PythonDataError("it has a text that is not UTF-8, or is too long for JavaScript");
      return text;
    }
    case OP.UNICODE:
      return decodeRawUnicodeEscape(bytes.subarray(start, end - 1));
    case OP.SHORT_BINBYTES:
    case OP.BINBYTES:
    case OP.BINBYTES8:
      return new PythonValue("bytes", kept(bytes.subarray(start, end), bytesStay));
    case OP.BYTEARRAY8:
      return new PythonValue("bytearray", kept(bytes.subarray(start, end), bytesStay));
    default:
      throw new PythonDataError(`it has the unexpected opcode 0x${code.toString(16)}`);
  }
}

/** Bytes that may be kept: copied unless they never change. Not by `slice`, since a Buffer's `slice` is a view. */
function kept(bytes: Uint8Array, stay: boolean): Uint8Array {
  return stay ? bytes : new Uint8Array(bytes);
}

/** A whole number of any length, least significant byte first. */
function decodeTwosComplement(bytes: Uint8Array): bigint {
  if (bytes.length > MAX_INTEGER_BYTES) throw new PythonDataError("it has a whole number that is too long");
  if (bytes.length === 0) return 0n;
  let hex = "0x";
  for (let i = bytes.length - 1; i >= 0; i--) hex += bytes[i]!.toString(16).padStart(2, "0");
  return BigInt.asIntN(bytes.length * 8, BigInt(hex));
}

/** Parses protocol 0's whole numbers (`12`, `12L`) and booleans (`00`, `01`). */
function parseDecimalInteger(text: string): number | bigint | boolean {
  if (text === "01") return true;
  if (text === "00") return false;
  const digits = text.endsWith("L") ? text.slice(0, -1) : text;
  if (digits.length > MAX_INTEGER_DIGITS || !/^-?\d+$/.test(digits)) {
    throw new PythonDataError("it has an invalid whole number");
  }
  return integerValue(BigInt(digits));
}

/** Parses protocol 0's floats, including `nan` and infinities. */
function parseDecimalFloat(text: string): number {
  if (text === "nan") return Number.NaN;
  if (/^-?inf$/.test(text)) return text === "inf" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (!/^-?\d+(\.\d*)?(e[+-]?\d+)?$/.test(text)) throw new PythonDataError("it has an invalid float");
  return Number(text);
}

const BACKSLASH = 0x5c;

/** Decodes protocol 0's text: Latin-1 with `\uXXXX` and `\UXXXXXXXX`. */
function decodeRawUnicodeEscape(bytes: Uint8Array): string {
  if (!bytes.includes(BACKSLASH)) return byteCodec.decodeLatin1(bytes);
  const units = new Uint16Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    const digits = bytes[at] === BACKSLASH ? (ESCAPES[bytes[at + 1]!] ?? 0) : 0;
    const point = digits === 0 ? Number.NaN : hexadecimal(bytes, at + 2, digits);
    if (Number.isNaN(point)) {
      units[length++] = bytes[at++]!;
      continue;
    }
    if (point > 0x10ffff) throw new PythonDataError("it has a character beyond Unicode");
    if (point >= 0x10000) {
      units[length++] = 0xd800 + ((point - 0x10000) >> 10);
      units[length++] = 0xdc00 + (point & 0x3ff);
    } else {
      units[length++] = point;
    }
    at += 2 + digits;
  }
  return textOfUnits(units.subarray(0, length));
}

/** Number of digits after a backslash and `u` or `U`. */
const ESCAPES: Readonly<Record<number, number>> = { 117: 4, 85: 8 };

/** Parses hexadecimal digits; NaN if they are invalid. */
function hexadecimal(bytes: Uint8Array, start: number, digits: number): number {
  let number = 0;
  for (let i = start; i < start + digits; i++) {
    const byte = bytes[i] ?? 0;
    const letter = (byte | 0x20) - 0x61;
    if (byte >= 0x30 && byte <= 0x39) number = number * 16 + byte - 0x30;
    else if (letter >= 0 && letter < 6) number = number * 16 + 10 + letter;
    else return Number.NaN;
  }
  return number;
}

/** Eight bytes, the most significant first. */
function readFloat64(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + at, 8).getFloat64(0);
}
