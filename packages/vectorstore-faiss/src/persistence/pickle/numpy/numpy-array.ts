import type { PickleBudget } from "../values/pickle-budget.js";
import { PythonDataError } from "../values/python-data-error.js";
import type { NumpyDtype } from "./numpy-dtype.js";

/** Maximum number of dimensions in numpy. */
const MAX_DIMENSIONS = 64;

/** A numpy array, or a part of it, that is read as nested lists: `at` returns an element or, if there are more dimensions, a smaller array. */
export class NumpyArray {
  private constructor(
    /** Reads an element by its number, in the order of the strides. */
    private readonly read: (element: number) => unknown,
    /** Sizes of the remaining dimensions; empty for a scalar. */
    private readonly shape: readonly number[],
    private readonly strides: readonly number[],
    private readonly start: number,
  ) {}

  /**
   * @param content the elements' bytes, or the list of Python objects
   * @param isFortran whether elements are stored column by column (Fortran order), not row by row
   * @param budget charged for each element that is read
   * @throws PythonDataError if content and shape do not fit
   */
  static of(
    dtype: NumpyDtype,
    shape: readonly number[],
    content: Uint8Array | readonly unknown[],
    isFortran: boolean,
    budget: PickleBudget,
  ): NumpyArray {
    const isShape =
      shape.length <= MAX_DIMENSIONS && shape.every((size) => Number.isInteger(size) && size >= 0);
    const count = shape.reduce((product, size) => product * size, 1);
    const fits =
      content instanceof Uint8Array
        ? content.length === count * dtype.elementBytes
        : content.length === count;
    if (!isShape || !fits || dtype.isObject === content instanceof Uint8Array) {
      throw new PythonDataError("it has a numpy array whose shape and content do not fit");
    }
    const strides = new Array<number>(shape.length);
    const order = [...shape.keys()];
    let stride = 1;
    for (const axis of isFortran ? order : order.reverse()) {
      strides[axis] = stride;
      stride *= shape[axis]!;
    }
    return new NumpyArray(reader(dtype, content, budget), shape, strides, 0);
  }

  /** Whether it is a single element. */
  get isScalar(): boolean {
    return this.shape.length === 0;
  }

  /** The element of a scalar. */
  get element(): unknown {
    return this.read(this.start);
  }

  get length(): number {
    return this.shape[0]!;
  }

  at(i: number): unknown {
    const start = this.start + i * this.strides[0]!;
    if (this.shape.length === 1) return this.read(start);
    return new NumpyArray(this.read, this.shape.slice(1), this.strides.slice(1), start);
  }
}

function reader(
  { elementBytes, readElement }: NumpyDtype,
  content: Uint8Array | readonly unknown[],
  budget: PickleBudget,
): (element: number) => unknown {
  if (!(content instanceof Uint8Array)) return (element) => content[element];
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  return (element) => {
    budget.charge(elementBytes);
    return readElement(view, element * elementBytes);
  };
}
