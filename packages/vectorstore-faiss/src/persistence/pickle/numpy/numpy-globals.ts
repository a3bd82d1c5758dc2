import { PythonValue } from "../../../documents/metadata/python-value.js";
import { byteCodec } from "../../../io/byte-codec.js";
import type { PickleBudget } from "../values/pickle-budget.js";
import { PythonDataError } from "../values/python-data-error.js";
import { PythonGlobal } from "../values/python-global.js";
import { PythonInstance } from "../values/python-instance.js";
import { PythonTuple } from "../values/python-tuple.js";
import { rawBytes } from "../values/raw-bytes.js";
import { NumpyArray } from "./numpy-array.js";
import { NumpyDtype } from "./numpy-dtype.js";
import type { TimeUnit } from "./time-reader.js";

/**
 * numpy's scalars and arrays, which pandas and numpy leave in metadata. They are read as the Python values that `item` and `tolist` return. Records
 * and long doubles throw.
 */
export function numpyGlobals(budget: PickleBudget): PythonGlobal[] {
  const ndarray = new PythonGlobal("numpy.ndarray", () => {
    throw new PythonDataError("it calls a class that may be named but not called");
  });
  return [
    ndarray,
    new PythonGlobal("numpy.dtype", ([code]) => {
      return new PythonInstance("numpy.dtype", (state) => {
        const [, order, , , , , , , time] = state instanceof PythonTuple ? state.items : [];
        return NumpyDtype.of(typeof code === "string" ? code : "", order, timeUnit(time));
      });
    }),
    new PythonGlobal("numpy._core.multiarray.scalar", ([type, content]) => {
      const dtype = dtypeOf(type);
      const bytes = rawBytes(content, budget);
      if (dtype.isObject || bytes.length !== dtype.elementBytes) {
        throw new PythonDataError("it has a numpy scalar whose type and content do not fit");
      }
      budget.charge(bytes.length);
      return dtype.readElement(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0);
    }),
    new PythonGlobal("numpy._core.multiarray._reconstruct", ([type]) => {
      if (type !== ndarray) throw new PythonDataError("it has a numpy array of a special kind");
      return new PythonInstance("numpy.ndarray", (state) => arrayOf(state, budget));
    }),
    new PythonGlobal("numpy._core.numeric._frombuffer", ([content, type, shape, order]) => {
      const isFortran = order === "F";
      return NumpyArray.of(dtypeOf(type), shapeOf(shape), rawBytes(content, budget), isFortran, budget);
    }),
  ];
}

/** An array's state: version, shape, type, order, content. */
function arrayOf(state: unknown, budget: PickleBudget): NumpyArray {
  const [, shape, type, isFortran, content] = state instanceof PythonTuple ? state.items : [];
  const dtype = dtypeOf(type);
  return NumpyArray.of(
    dtype,
    shapeOf(shape),
    dtype.isObject && Array.isArray(content) ? content : rawBytes(content, budget),
    isFortran === true,
    budget,
  );
}

function dtypeOf(type: unknown): NumpyDtype {
  if (type instanceof PythonInstance && type.value instanceof NumpyDtype) return type.value;
  throw new PythonDataError("it has a numpy value without a type");
}

function shapeOf(shape: unknown): readonly number[] {
  if (shape instanceof PythonTuple && shape.items.every((size) => typeof size === "number")) {
    return shape.items as readonly number[];
  }
  throw new PythonDataError("it has a numpy array without a shape");
}

/** The unit of times, the last of a type's state: `(None, (b"ns", 1, 1, 1))`. */
function timeUnit(time: unknown): TimeUnit | undefined {
  const unit = time instanceof PythonTuple ? time.items[1] : undefined;
  const [name, count] = unit instanceof PythonTuple ? unit.items : [];
  if (!(name instanceof PythonValue) || !name.is("bytes") || !Number.isSafeInteger(count)) return undefined;
  return { name: byteCodec.decodeLatin1(name.payload.subarray(0, 20)), count: count as number };
}
