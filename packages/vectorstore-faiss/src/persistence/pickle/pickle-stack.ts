import { PythonDataError } from "./values/python-data-error.js";

/** Real pickles hold a batch of 1000 items and some nesting on the stack; this bounds what a false one can. */
const MAX_VALUES = 4_000_000;

/** The values a pickle has made and not used yet, with marks that say where a list of them begins. */
export class PickleStack {
  readonly #values: unknown[] = [];
  /** Heights at which a mark stands. */
  readonly #marks: number[] = [];

  push(value: unknown): void {
    if (this.#values.length >= MAX_VALUES) throw new PythonDataError("it stacks up too many values");
    this.#values.push(value);
  }

  mark(): void {
    if (this.#marks.length >= MAX_VALUES) throw new PythonDataError("it stacks up too many marks");
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

  /** The topmost values, the deepest first; they must lie above the last mark. */
  popMany(count: number): unknown[] {
    this.#require(count);
    return this.#values.splice(this.#values.length - count);
  }

  /** All values above the last mark, which goes too. */
  popMark(): unknown[] {
    const height = this.#marks.pop();
    if (height === undefined) throw new PythonDataError("it takes a list it never began");
    return this.#values.splice(height);
  }

  /** Python's POP: it also takes a mark away. */
  popOrUnmark(): void {
    if (this.#marks.at(-1) === this.#values.length) this.#marks.pop();
    else this.pop();
  }

  /** @throws PythonDataError unless exactly one value is left */
  expectOne(): void {
    if (this.#values.length !== 1 || this.#marks.length > 0) {
      throw new PythonDataError("it stops with other than one value");
    }
  }

  #require(count: number): void {
    if (this.#values.length - (this.#marks.at(-1) ?? 0) < count) {
      throw new PythonDataError("it takes values it never made");
    }
  }
}
