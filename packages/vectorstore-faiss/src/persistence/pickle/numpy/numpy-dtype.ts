import { PythonValue } from "../../../documents/metadata/python-value.js";
import { complexText } from "../values/complex-text.js";
import { floatValue } from "../values/float-value.js";
import { integerValue } from "../values/integer-value.js";
import { PythonDataError } from "../values/python-data-error.js";
import { float16 } from "./float16.js";
import type { ReadElement } from "./read-element.js";
import { type TimeUnit, timeReader } from "./time-reader.js";

/** Readers of numpy's numbers, by numpy's name of the type. */
const NUMBERS: Readonly<Record<string, (little: boolean) => ReadElement>> = {
  f2: (little) => (view, at) => floatValue(float16(view.getUint16(at, little))),
  f4: (little) => (view, at) => floatValue(view.getFloat32(at, little)),
  f8: (little) => (view, at) => floatValue(view.getFloat64(at, little)),
  i1: () => (view, at) => view.getInt8(at),
  i2: (little) => (view, at) => view.getInt16(at, little),
  i4: (little) => (view, at) => view.getInt32(at, little),
  i8: (little) => (view, at) => integerValue(view.getBigInt64(at, little)),
  u1: () => (view, at) => view.getUint8(at),
  u2: (little) => (view, at) => view.getUint16(at, little),
  u4: (little) => (view, at) => view.getUint32(at, little),
  u8: (little) => (view, at) => integerValue(view.getBigUint64(at, little)),
  b1: () => (view, at) => view.getUint8(at) !== 0,
  c8: (little) => (view, at) => complex(view.getFloat32(at, little), view.getFloat32(at + 4, little)),
  c16: (little) => (view, at) => complex(view.getFloat64(at, little), view.getFloat64(at + 8, little)),
};

/** A numpy type: the size of an element, and how it is read as a plain value. */
export class NumpyDtype {
  private constructor(
    readonly elementBytes: number,
    readonly readElement: ReadElement,
    /** Whether elements are Python objects, which are stored as a list. */
    readonly isObject: boolean,
  ) {}

  /**
   * @param code numpy's name, such as `f8` or `U12`
   * @param order `<`, `>`, or `|` where it does not matter
   * @throws PythonDataError for types without a plain counterpart
   */
  static of(code: string, order: unknown, unit: TimeUnit | undefined): NumpyDtype {
    if (order === ">" || order === "<" || order === "|") {
      const little = order !== ">";
      if (Object.hasOwn(NUMBERS, code)) return elements(Number(code.slice(1)), NUMBERS[code]!(little));
      if (code === "M8" || code === "m8") return elements(8, timeReader(code, little, unit));
      const bytes = Number(/^[US]\d{1,9}$/.test(code) ? code.slice(1) : Number.NaN);
      if (code[0] === "U" && !Number.isNaN(bytes)) return elements(bytes * 4, textReader(bytes, little));
      if (code[0] === "S" && !Number.isNaN(bytes)) return elements(bytes, bytesReader(bytes));
      if (/^O\d?$/.test(code)) return new NumpyDtype(0, () => undefined, true);
    }
    throw new PythonDataError(
      `it has a numpy value of the type ${code.slice(0, 20)}, which has no plain counterpart`,
    );

    function elements(count: number, read: ReadElement): NumpyDtype {
      return new NumpyDtype(count, read, false);
    }
  }
}

function complex(real: number, imaginary: number): PythonValue<"complex"> {
  return new PythonValue("complex", complexText(real, imaginary));
}

/** Reads code points of four bytes; zeros at the end are padding. */
function textReader(length: number, little: boolean): ReadElement {
  return (view, at) => {
    let end = length;
    while (end > 0 && view.getUint32(at + (end - 1) * 4, little) === 0) end--;
    let text = "";
    for (let i = 0; i < end; i++) {
      const point = view.getUint32(at + i * 4, little);
      if (point > 0x10ffff) throw new PythonDataError("it has a numpy text with a character beyond Unicode");
      text += String.fromCodePoint(point);
    }
    return text;
  };
}

/** Reads bytes; zeros at the end are padding. */
function bytesReader(length: number): ReadElement {
  return (view, at) => {
    let end = length;
    while (end > 0 && view.getUint8(at + end - 1) === 0) end--;
    return new PythonValue("bytes", new Uint8Array(view.buffer, view.byteOffset + at, end));
  };
}
