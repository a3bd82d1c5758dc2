import { PythonValue } from "../../documents/metadata/python-value.js";
import { byteCodec } from "../../io/byte-codec.js";
import { decodeWtf8 } from "../../io/decode-wtf8.js";
import { floatValue } from "./float-value.js";
import { integerValue } from "./integer-value.js";
import { OP } from "./op.js";
import { PythonDataError } from "./python-data-error.js";
import { readUint32 } from "./read-uint32.js";

/** Whole numbers may be this long: conversions to and from decimal take time quadratic in their length. */
const MAX_INTEGER_BYTES = 4096;

/** Python's own limit for whole numbers written in decimal. */
const MAX_INTEGER_DIGITS = 4300;

/**
 * The value of an opcode of numbers, text or bytes.
 * @param bytes its argument lies from `start` to `end`
 * @param bytesStay whether `bytes` stay as they are, so that Python's bytes need no copy
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
        throw new PythonDataError("it has a text that is no UTF-8, or too long for JavaScript");
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

/** Bytes that may be kept. Not by `slice`: a Buffer's gives a view. */
function kept(bytes: Uint8Array, stay: boolean): Uint8Array {
  return stay ? bytes : new Uint8Array(bytes);
}

/** A whole number of any length, least significant byte first. */
function decodeTwosComplement(bytes: Uint8Array): bigint {
  if (bytes.length > MAX_INTEGER_BYTES) throw new PythonDataError("it has a whole number of absurd length");
  if (bytes.length === 0) return 0n;
  let hex = "0x";
  for (let i = bytes.length - 1; i >= 0; i--) hex += bytes[i]!.toString(16).padStart(2, "0");
  return BigInt.asIntN(bytes.length * 8, BigInt(hex));
}

/** Protocol 0's whole numbers: `12`, `12L`; and its booleans, `00` and `01`. */
function parseDecimalInteger(text: string): number | bigint | boolean {
  if (text === "01") return true;
  if (text === "00") return false;
  const digits = text.endsWith("L") ? text.slice(0, -1) : text;
  if (!/^-?\d+$/.test(digits) || digits.length > MAX_INTEGER_DIGITS) {
    throw new PythonDataError("it has a whole number that is none");
  }
  return integerValue(BigInt(digits));
}

/** Protocol 0's floats, `nan` and infinities among them. */
function parseDecimalFloat(text: string): number {
  if (text === "nan") return Number.NaN;
  if (/^-?inf$/.test(text)) return text === "inf" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (!/^-?\d+(\.\d*)?(e[+-]?\d+)?$/.test(text))
    throw new PythonDataError("it has a float that is no number");
  return Number(text);
}

/** Protocol 0's text: Latin-1 with `\uXXXX` and `\UXXXXXXXX`. */
function decodeRawUnicodeEscape(bytes: Uint8Array): string {
  return byteCodec
    .decodeLatin1(bytes)
    .replace(/\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8}))/g, (_, short?: string, long?: string) => {
      if (short !== undefined) return String.fromCharCode(Number.parseInt(short, 16));
      const point = Number.parseInt(long!, 16);
      if (point > 0x10ffff) throw new PythonDataError("it has a character beyond Unicode");
      return String.fromCodePoint(point);
    });
}

/** Eight bytes, the most significant first. */
function readFloat64(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + at, 8).getFloat64(0);
}
