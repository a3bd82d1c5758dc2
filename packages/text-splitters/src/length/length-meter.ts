import { codePointLength } from "../python/code-point-length.js";
import { SurrogatePairs } from "../python/surrogate-pairs.js";
import { checkLength } from "./check-length.js";
import type { LengthFunction } from "./length-function.js";

/** Measures ranges of one text. Returns a promise only if the length function does. */
export class LengthMeter {
  /** Whether the caller gave the length function, which may be slow. */
  readonly custom: boolean;
  readonly #pairs: SurrogatePairs | undefined;
  readonly #separators = new Map<string, number>();

  constructor(
    private readonly lengthFunction: LengthFunction,
    private readonly text: string,
  ) {
    this.custom = lengthFunction !== codePointLength;
    this.#pairs = this.custom ? undefined : new SurrogatePairs(text);
  }

  /** Length of `text.slice(start, end)`. */
  measure(start: number, end: number): number | Promise<number> {
    return this.#pairs === undefined
      ? this.#measureText(this.text.slice(start, end))
      : end - start - this.#pairs.countIn(start, end);
  }

  /** Length of a separator that joins pieces. */
  async measureSeparator(separator: string): Promise<number> {
    const known = this.#separators.get(separator);
    if (known !== undefined) return known;
    const length = await this.#measureText(separator);
    this.#separators.set(separator, length);
    return length;
  }

  #measureText(text: string): number | Promise<number> {
    const length = this.lengthFunction(text);
    return typeof length === "number"
      ? checkLength(length, text)
      : Promise.resolve(length).then((answer) => checkLength(answer, text));
  }
}
