/** Pages start small, so that a small store stays small, and grow to this. */
const FIRST_PAGE_BYTES = 16 * 1024;
const PAGE_BYTES = 4 * 1024 * 1024;

/**
 * Bytes of many small things in a few large arrays, to which nothing is ever copied again: adding costs the same however
 * many there are. `reserve` makes room in `page` at `offset`; a piece never spans two pages.
 */
export class BytePages {
  readonly #pages: Uint8Array[] = [];
  #used = 0;
  #offset = 0;

  /** Number of the page that was reserved in last. */
  get page(): number {
    return this.#pages.length - 1;
  }

  /** Where in that page the room begins. */
  get offset(): number {
    return this.#offset;
  }

  /** @returns the page that has the room, from `offset` on */
  reserve(count: number): Uint8Array {
    let page = this.#pages.at(-1);
    if (page === undefined || this.#used + count > page.length) {
      const size = Math.min(PAGE_BYTES, Math.max(FIRST_PAGE_BYTES, (page?.length ?? 0) * 2));
      page = new Uint8Array(Math.max(size, count));
      this.#pages.push(page);
      this.#used = 0;
    }
    this.#offset = this.#used;
    this.#used += count;
    return page;
  }

  /** The bytes as they lie: read them at once, or copy. */
  at(page: number, start: number, end: number): Uint8Array {
    return this.#pages[page]!.subarray(start, end);
  }
}
