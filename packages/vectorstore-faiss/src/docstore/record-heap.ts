import { BytePages } from "./byte-pages.js";
import { FieldTable } from "./field-table.js";

/** Numbers kept for each record; the typed flag is the lowest bit of the metadata's length. */
const PAGE = 0;
const OFFSET = 1;
const CONTENT_BYTES = 2;
const METADATA = 3;

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
  readonly #bytes = new BytePages();
  readonly #fields = new FieldTable(4);
  #length = 0;

  /** Records ever appended; each keeps its number. */
  get length(): number {
    return this.#length;
  }

  /** @returns the record's number */
  append({ content, metadata, typed }: StoredRecord): number {
    const number = this.#length++;
    const page = this.#bytes.reserve(content.length + metadata.length);
    const { offset } = this.#bytes;
    page.set(content, offset);
    page.set(metadata, offset + content.length);
    this.#fields.set(number, PAGE, this.#bytes.page);
    this.#fields.set(number, OFFSET, offset);
    this.#fields.set(number, CONTENT_BYTES, content.length);
    this.#fields.set(number, METADATA, metadata.length * 2 + (typed ? 1 : 0));
    return number;
  }

  /** Views into the pages: read them at once, or copy. */
  at(number: number): StoredRecord {
    const page = this.#fields.get(number, PAGE);
    const offset = this.#fields.get(number, OFFSET);
    const middle = offset + this.#fields.get(number, CONTENT_BYTES);
    const metadata = this.#fields.get(number, METADATA);
    return {
      content: this.#bytes.at(page, offset, middle),
      metadata: this.#bytes.at(page, middle, middle + (metadata >>> 1)),
      typed: (metadata & 1) === 1,
    };
  }
}
