/** Pages start small, which keeps a small store small, and grow to the size below. */
const FIRST_PAGE_BYTES = 16 * 1024;
const PAGE_BYTES = 4 * 1024 * 1024;

/** Fields that locate an entry's bytes; the caller's fields follow. */
const PAGE = 0;
const OFFSET = 1;
const OWN_FIELDS = 2;

/**
 * Stores the bytes of many numbered entries in a few large arrays, which are never copied: adding costs the same
 * however many entries there are, and the garbage collector has no objects to visit. Eight bytes for each entry locate its bytes;
 * a few 32-bit fields next to them belong to the caller.
 */
export class ByteHeap {
  readonly #pages: Uint8Array[] = [];
  readonly #table: FieldTable;
  /** Bytes used in the last page. */
  #used = 0;

  /** @param fields 32-bit numbers kept for each entry, all 0 at first */
  constructor(fields: number) {
    this.#table = new FieldTable(OWN_FIELDS + fields);
  }

  /** Allocates an entry, which replaces an old one of the same number. @returns room for its bytes; fill it before any other call */
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
    this.#table.set(number, PAGE, this.#pages.length - 1);
    this.#table.set(number, OFFSET, offset);
    return page.subarray(offset, this.#used);
  }

  /** Bytes `start` to `end` of an entry, not copied: read them before any other call, or copy them. */
  at(number: number, start: number, end: number): Uint8Array {
    const offset = this.#table.get(number, OFFSET);
    return this.#pages[this.#table.get(number, PAGE)]!.subarray(offset + start, offset + end);
  }

  /** The value of a caller's field. */
  field(number: number, field: number): number {
    return this.#table.get(number, OWN_FIELDS + field);
  }

  setField(number: number, field: number, value: number): void {
    this.#table.set(number, OWN_FIELDS + field, value);
  }
}

/** Rows of a page, as a power of two. */
const PAGE_SHIFT = 8;
const PAGE_MASK = (1 << PAGE_SHIFT) - 1;

/**
 * A table with a few 32-bit numbers for each row, all 0 at first. It grows by pages: one array that doubles would be copied
 * again and again, and the last copies would block the event loop for too long.
 */
class FieldTable {
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
