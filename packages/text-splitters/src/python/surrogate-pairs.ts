import { isPairAt } from "./code-point-length.js";

/** Where a text has characters of two UTF-16 units, to turn many ranges of it to code points without reading them again. */
export class SurrogatePairs {
  /** Positions of the pairs, ascending. */
  readonly #positions: number[] = [];

  constructor(text: string) {
    const surrogate = /[\ud800-\udbff]/g;
    while (surrogate.test(text)) {
      if (isPairAt(text, surrogate.lastIndex - 1)) this.#positions.push(surrogate.lastIndex - 1);
    }
  }

  /** Pairs that start in [start, end). */
  countIn(start: number, end: number): number {
    return this.#positions.length === 0 ? 0 : this.#before(end) - this.#before(start);
  }

  /** Pairs that start before a position: a binary search. */
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
