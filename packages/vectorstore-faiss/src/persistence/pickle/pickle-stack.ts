import { PythonDataError } from "./values/python-data-error.js";

/** Limit of the stack. Real pickles hold a batch of 1000 items and some nesting on it. */
const MAX_VALUES = 4_000_000;

/** The stack of a pickle: values that are not used yet, and marks where a list of values begins. */
export class PickleStack {
  readonly #values: unknown[] = [];
  /** Heights of the marks. */
  readonly #marks: number[] = [];

  push(value: unknown): void {
    if (this.#values.length >= MAX_VALUES) throw new PythonDataError("it puts too many values on the stack");
    this.#values.push(value);
  }

  mark(): void {
    if (this.#marks.length >= MAX_VALUES) throw new PythonDataError("it puts too many marks on the stack");
    this.#marks.push(this.#values.length);
  }

  top(): unknown {
    this.#require(1);
    return this.#values.at(-1);
  }

  pop(): unknown {
    this.#require(1);
    return this.#values.pop();
  }

  /** Removes and returns the topmost values, the deepest first; they must be above the last mark. */
  popMany(count: number): unknown[] {
    this.#require(count);
    return this.#values.splice(this.#values.length - count);
  }

  /** Removes the last mark and all values above it. @returns the values */
  popMark(): unknown[] {
    const height = this.#marks.pop();
    if (height === undefined) throw new PythonDataError("it ends a list that it did not begin");
    return this.#values.splice(height);
  }

  /** Python's POP: removes the topmost value or mark. */
  popOrUnmark(): void {
    if (this.#marks.at(-1) === this.#values.length) this.#marks.pop();
    else this.pop();
  }

  /** @throws PythonDataError unless exactly one value is left */
  expectOne(): void {
    if (this.#values.length !== 1 || this.#marks.length > 0) {
      throw new PythonDataError("it does not end with exactly one value");
    }
  }

  #require(count: number): void {
    if (this.#values.length - (this.#marks.at(-1) ?? 0) < count) {
      throw new PythonDataError("it uses more values than it made");
    }
  }
}
