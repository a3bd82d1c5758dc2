import { floatValue } from "./float-value.js";
import { integerValue } from "./integer-value.js";
import { rawBytes } from "./plain-globals.js";
import { PythonDataError } from "./python-data-error.js";
import { PythonGlobal } from "./python-global.js";
import { PythonInstance } from "./python-instance.js";
import { PythonTuple } from "./python-tuple.js";

/** How one numpy scalar type is read: bytes, least significant first. */
const SCALARS: Readonly<Record<string, (view: DataView) => unknown>> = {
  f8: (view) => view.getFloat64(0, true),
  f4: (view) => view.getFloat32(0, true),
  i8: (view) => integerValue(view.getBigInt64(0, true)),
  i4: (view) => view.getInt32(0, true),
  i2: (view) => view.getInt16(0, true),
  i1: (view) => view.getInt8(0),
  u8: (view) => integerValue(view.getBigUint64(0, true)),
  u4: (view) => view.getUint32(0, true),
  u2: (view) => view.getUint16(0, true),
  u1: (view) => view.getUint8(0),
  b1: (view) => view.getUint8(0) !== 0,
};

/**
 * numpy's scalars, which pandas and numpy leave in metadata: read as the Python number, boolean or text they are
 * worth. Arrays and other dtypes are refused.
 */
export function numpyGlobals(): PythonGlobal[] {
  const dtype = new PythonGlobal("numpy.dtype", ([code]) => {
    return new PythonInstance("numpy.dtype", (state) => {
      const order = state instanceof PythonTuple ? state.items[1] : undefined;
      if (order === ">") throw new PythonDataError("it has big-endian numpy scalars");
      return code;
    });
  });
  const scalar = new PythonGlobal("numpy._core.multiarray.scalar", ([type, content]) => {
    if (
      !(type instanceof PythonInstance) ||
      type.className !== "numpy.dtype" ||
      typeof type.value !== "string"
    ) {
      throw new PythonDataError("it has a numpy scalar without a type");
    }
    return scalarOf(type.value, rawBytes(content));
  });
  return [dtype, scalar];
}

function scalarOf(code: string, bytes: Uint8Array): unknown {
  const read = Object.hasOwn(SCALARS, code) ? SCALARS[code] : undefined;
  if (read !== undefined && bytes.length === Number(code[1])) {
    const value = read(new DataView(bytes.buffer, bytes.byteOffset, bytes.length));
    return code[0] === "f" ? floatValue(value as number) : value;
  }
  if (/^U\d+$/.test(code) && bytes.length % 4 === 0) return utf32(bytes);
  throw new PythonDataError(`it has a numpy scalar of the type ${code}, which has no plain counterpart`);
}

function utf32(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let text = "";
  for (let i = 0; i < bytes.length; i += 4) {
    const point = view.getUint32(i, true);
    if (point > 0x10ffff) throw new PythonDataError("it has a numpy text with a character beyond Unicode");
    if (point !== 0) text += String.fromCodePoint(point);
  }
  return text;
}
