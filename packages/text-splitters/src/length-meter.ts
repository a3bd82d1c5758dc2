import { InvalidLengthError } from "./errors/invalid-length-error.js";
import { codePointLength, countCodePoints, hasSurrogates } from "./python/code-point-length.js";

/**
 * Measures a text in the unit that `chunkSize` and `chunkOverlap` are in; may be asynchronous. Must answer the same for the same
 * text. Default: code points.
 */
export type LengthFunction = (text: string) => number | Promise<number>;

/** Measures ranges of one text; answers at once, without a promise, whenever the length function does. */
export class LengthMeter {
  /** Whether the length function is one of the caller's, and may be slow. */
  readonly custom: boolean;
  readonly #lengthFunction: LengthFunction;
  readonly #inUnits: boolean;

  constructor(lengthFunction: LengthFunction, text: string) {
    this.#lengthFunction = lengthFunction;
    this.custom = lengthFunction !== codePointLength;
    this.#inUnits = !this.custom && !hasSurrogates(text);
  }

  /** Length of `text.slice(start, end)`, where `text` is (part of) the text given to the constructor. */
  measure(text: string, start: number, end: number): number | Promise<number> {
    if (this.#inUnits) return end - start;
    return this.custom ? this.measureText(text.slice(start, end)) : countCodePoints(text, start, end);
  }

  /** Length of any text. */
  measureText(text: string): number | Promise<number> {
    const length = this.#lengthFunction(text);
    return typeof length === "number"
      ? checkLength(length, text)
      : Promise.resolve(length).then((answer) => checkLength(answer, text));
  }
}

/** @throws InvalidLengthError */
export function checkLength(length: number, text: string): number {
  if (Number.isFinite(length) && length >= 0) return length;
  throw new InvalidLengthError(length, text);
}
