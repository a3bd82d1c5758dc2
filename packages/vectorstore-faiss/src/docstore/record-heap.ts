import { ByteHeap } from "./byte-heap.js";
import { FieldTable } from "./field-table.js";

/** Numbers kept for each record; the typed flag is the lowest bit of the metadata's length. */
const CONTENT_BYTES = 0;
const METADATA = 1;

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
  readonly #bytes = new ByteHeap();
  readonly #fields = new FieldTable(2);
  #length = 0;

  /** Records ever appended; each keeps its number. */
  get length(): number {
    return this.#length;
  }

  /** @returns the record's number */
  append({ content, metadata, typed }: StoredRecord): number {
    const number = this.#length++;
    const room = this.#bytes.reserve(number, content.length + metadata.length);
    room.set(content);
    room.set(metadata, content.length);
    this.#fields.set(number, CONTENT_BYTES, content.length);
    this.#fields.set(number, METADATA, metadata.length * 2 + (typed ? 1 : 0));
    return number;
  }

  /** Views into the pages: read them at once, or copy. */
  at(number: number): StoredRecord {
    const middle = this.#fields.get(number, CONTENT_BYTES);
    const metadata = this.#fields.get(number, METADATA);
    return {
      content: this.#bytes.at(number, 0, middle),
      metadata: this.#bytes.at(number, middle, middle + (metadata >>> 1)),
      typed: (metadata & 1) === 1,
    };
  }
}
