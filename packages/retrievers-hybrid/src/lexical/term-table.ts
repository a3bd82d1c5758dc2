import { unsliced } from "../analysis/unsliced.js";

/** Assigns numbers to terms, from 0 in order of first occurrence. */
export class TermTable {
  readonly #ids = new Map<string, number>();

  /** Number of terms. */
  get size(): number {
    return this.#ids.size;
  }

  /** Returns the number of a term; undefined if it was never added. */
  idOf(term: string): number | undefined {
    return this.#ids.get(term);
  }

  /** Returns the number of a term; a new one if it was never added. */
  add(term: string): number {
    let id = this.#ids.get(term);
    if (id === undefined) {
      id = this.#ids.size;
      // A custom analyzer's terms may be of any length.
      this.#ids.set(term.length > 255 ? term : unsliced(term), id);
    }
    return id;
  }

  /** All terms, by their numbers. */
  *[Symbol.iterator](): Iterator<string> {
    yield* this.#ids.keys();
  }
}
