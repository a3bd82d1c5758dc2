import { FieldTable } from "./field-table.js";

/** Pages start small, so that a small store stays small, and grow to this. */
const FIRST_PAGE_BYTES = 16 * 1024;
const PAGE_BYTES = 4 * 1024 * 1024;

/** Numbers kept for each thing. */
const PAGE = 0;
const OFFSET = 1;

/**
 * Bytes of many numbered things in a few large arrays, to which nothing is ever copied again: adding costs the same
 * however many there are, and the garbage collector has nothing to look at. Eight bytes a thing tell where its bytes are.
 */
export class ByteHeap {
  readonly #pages: Uint8Array[] = [];
  readonly #places = new FieldTable(2);
  /** Bytes taken of the last page. */
  #used = 0;

  /** @returns room for the bytes of a thing, to be filled at once; what the number had before is forgotten */
  reserve(number: number, count: number): Uint8Array {
    let page = this.#pages.at(-1);
    if (page === undefined || this.#used + count > page.length) {
      const size = Math.min(PAGE_BYTES, Math.max(FIRST_PAGE_BYTES, (page?.length ?? 0) * 2));
      page = new Uint8Array(Math.max(size, count));
      this.#pages.push(page);
      this.#used = 0;
    }
    const offset = this.#used;
    this.#used += count;
    this.#places.set(number, PAGE, this.#pages.length - 1);
    this.#places.set(number, OFFSET, offset);
    return page.subarray(offset, this.#used);
  }

  /** Bytes `start` to `end` of a thing as they lie: read them at once, or copy. */
  at(number: number, start: number, end: number): Uint8Array {
    const offset = this.#places.get(number, OFFSET);
    return this.#pages[this.#places.get(number, PAGE)]!.subarray(offset + start, offset + end);
  }
}
