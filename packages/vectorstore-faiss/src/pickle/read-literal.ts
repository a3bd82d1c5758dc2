import { PythonValue } from "../docstore/python-value.js";
import { byteCodec } from "../io/byte-codec.js";
import { decodeWtf8 } from "../io/wtf8.js";
import { floatValue, small } from "./numpy-globals.js";
import { OP } from "./opcodes.js";
import {
  decodeRawUnicodeEscape,
  decodeTwosComplement,
  parseDecimalFloat,
  parseDecimalInteger,
  readFloat64,
  readUint32,
} from "./pickle-scalars.js";
import { PythonDataError } from "./python-objects.js";

/**
 * What an opcode of numbers, text or bytes stands for.
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
      return small(decodeTwosComplement(bytes.subarray(start, end)));
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
