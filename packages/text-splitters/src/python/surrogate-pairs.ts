import { isPairAt } from "./code-point-length.js";

/** Positions of the characters of two UTF-16 units in a text, so that the code points of many ranges can be counted quickly. */
export class SurrogatePairs {
  /** Positions of the pairs, ascending. */
  readonly #positions: number[] = [];

  constructor(text: string) {
    const surrogate = /[\ud800-\udbff]/g;
    while (surrogate.test(text)) {
      if (isPairAt(text, surrogate.lastIndex - 1)) this.#positions.push(surrogate.lastIndex - 1);
    }
  }

  /** Number of pairs that start in [start, end). */
  countIn(start: number, end: number): number {
    return this.#positions.length === 0 ? 0 : this.#before(end) - this.#before(start);
  }

  /** Number of pairs that start before a position, by binary search. */
  #before(position: number): number {
    let low = 0;
    let high = this.#positions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#positions[middle]! < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
