/** Rows of a page, as a power of two. */
const PAGE_SHIFT = 8;
const PAGE_MASK = (1 << PAGE_SHIFT) - 1;

/**
 * A few 32-bit numbers for each row, all 0 at first. It grows by pages: one array that doubles would have to be copied
 * again and again, the last times for longer than an event loop may be held.
 */
export class FieldTable {
  readonly #pages: Uint32Array[] = [];

  /** @param width numbers a row */
  constructor(readonly width: number) {}

  get(row: number, field: number): number {
    const page = this.#pages[row >>> PAGE_SHIFT];
    return page === undefined ? 0 : page[(row & PAGE_MASK) * this.width + field]!;
  }

  set(row: number, field: number, value: number): void {
    const number = row >>> PAGE_SHIFT;
    while (this.#pages.length <= number) this.#pages.push(new Uint32Array(this.width << PAGE_SHIFT));
    this.#pages[number]![(row & PAGE_MASK) * this.width + field] = value;
  }
}
