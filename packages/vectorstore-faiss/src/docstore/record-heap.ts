/** Pages start small, so that a small store stays small, and grow to this. */
const FIRST_PAGE_BYTES = 16 * 1024;
const PAGE_BYTES = 4 * 1024 * 1024;

/** Numbers kept for each record: page, offset, content bytes, metadata bytes with the typed flag as the lowest bit. */
const FIELDS = 4;

/** One document's text and metadata, as the heap keeps them. */
export interface StoredRecord {
  /** UTF-8 (WTF-8 for lone surrogates). */
  readonly content: Uint8Array;
  /** `encodeMetadata`'s JSON as UTF-8. */
  readonly metadata: Uint8Array;
  readonly typed: boolean;
}

/**
 * Texts and metadata of many documents in a few large buffers instead of millions of strings and objects: a document
 * costs its UTF-8 bytes and 16 more, and the garbage collector has nothing to look at.
 */
export class RecordHeap {
  #pages: Uint8Array[] = [];
  #pageUsed = 0;
  #fields = new Uint32Array(FIELDS * 64);
  #length = 0;

  /** Records ever appended; each keeps its number. */
  get length(): number {
    return this.#length;
  }

  /** Bytes of the pages. */
  get byteLength(): number {
    return this.#pages.reduce((sum, page) => sum + page.length, this.#fields.byteLength);
  }

  /** @returns the record's number */
  append(record: StoredRecord): number {
    const { content, metadata } = record;
    const page = this.#pageFor(content.length + metadata.length);
    page.set(content, this.#pageUsed);
    page.set(metadata, this.#pageUsed + content.length);
    this.#reserveFields();
    this.#fields.set(
      [this.#pages.length - 1, this.#pageUsed, content.length, metadata.length * 2 + (record.typed ? 1 : 0)],
      this.#length * FIELDS,
    );
    this.#pageUsed += content.length + metadata.length;
    return this.#length++;
  }

  /** Views into the pages: read them at once, or copy. */
  at(number: number): StoredRecord {
    const start = number * FIELDS;
    const page = this.#pages[this.#fields[start]!]!;
    const offset = this.#fields[start + 1]!;
    const middle = offset + this.#fields[start + 2]!;
    const packed = this.#fields[start + 3]!;
    return {
      content: page.subarray(offset, middle),
      metadata: page.subarray(middle, middle + (packed >>> 1)),
      typed: (packed & 1) === 1,
    };
  }

  /** The current page, or a new one when `count` bytes do not fit; a record never spans two. */
  #pageFor(count: number): Uint8Array {
    const current = this.#pages.at(-1);
    if (current !== undefined && this.#pageUsed + count <= current.length) return current;
    const size = Math.min(PAGE_BYTES, Math.max(FIRST_PAGE_BYTES, (current?.length ?? 0) * 2));
    const page = new Uint8Array(Math.max(size, count));
    this.#pages.push(page);
    this.#pageUsed = 0;
    return page;
  }

  #reserveFields(): void {
    if ((this.#length + 1) * FIELDS <= this.#fields.length) return;
    const larger = new Uint32Array(this.#fields.length * 2);
    larger.set(this.#fields);
    this.#fields = larger;
  }
}
