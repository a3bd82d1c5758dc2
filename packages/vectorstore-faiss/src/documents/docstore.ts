import { Document, type DocumentInterface } from "@langchain/core/documents";
import { checkText, type WorkSlices } from "@secondpass/core";
import { byteCodec } from "../io/byte-codec.js";
import { decodeWtf8 } from "../io/decode-wtf8.js";
import { encodeWtf8 } from "../io/encode-wtf8.js";
import { ByteHeap } from "./byte-heap.js";
import { IdTable } from "./id-table.js";
import { encodeMetadata } from "./metadata/encode-metadata.js";
import { pythonMetadata } from "./metadata/python-metadata.js";
import { viewMetadata } from "./metadata/view-metadata.js";

/** The memory of removed records is freed once they are this many and more than half. */
const COMPACT_FROM = 1024;

/** Fields of each record; the typed flag is the lowest bit of the metadata's length. */
const CONTENT_BYTES = 0;
const METADATA = 1;

/** One document's text and metadata, as they are kept. */
export interface StoredRecord {
  /** UTF-8 (WTF-8 for lone surrogates). */
  readonly content: Uint8Array;
  /** `encodeMetadata`'s JSON as UTF-8. */
  readonly metadata: Uint8Array;
  readonly typed: boolean;
}

/**
 * Stores documents by id, in a few large buffers instead of millions of strings and objects: a document costs its UTF-8 bytes and
 * 16 more. Each document has a slot, a number that never changes. Documents returned are fresh copies.
 */
export class Docstore {
  readonly #heap = new ByteHeap(2);
  readonly #ids = new IdTable();
  #slots = 0;

  /** Number of documents. */
  get size(): number {
    return this.#ids.size;
  }

  /** Number of slots ever used: all slots are below this. */
  get slots(): number {
    return this.#slots;
  }

  has(id: string): boolean {
    return this.#ids.slotOf(id) !== undefined;
  }

  /** The slot of an id; `undefined` if it is not stored. @throws InvalidOptionError if the id is not a string */
  slotOf(id: string): number | undefined {
    checkText(id, "id");
    return this.#ids.slotOf(id);
  }

  /** Adds a document. Its id must be new: callers check this for a whole batch first. @returns the new slot */
  append(id: string, record: StoredRecord): number {
    const slot = this.appendRecord(record);
    this.name(slot, id);
    return slot;
  }

  /** Stores a record whose id is not known yet; it becomes a document when `name` gives it an id. */
  appendRecord({ content, metadata, typed }: StoredRecord): number {
    const slot = this.#slots++;
    const room = this.#heap.reserve(slot, content.length + metadata.length);
    room.set(content);
    room.set(metadata, content.length);
    this.#heap.setField(slot, CONTENT_BYTES, content.length);
    this.#heap.setField(slot, METADATA, metadata.length * 2 + (typed ? 1 : 0));
    return slot;
  }

  /** Whether the slot holds a document. */
  isNamed(slot: number): boolean {
    return this.#ids.hasIdAt(slot);
  }

  /** Gives a record its id, which makes it a document. */
  name(slot: number, id: string): void {
    this.#ids.set(slot, id);
  }

  /** The record of a slot, not copied: read it before any other call, or copy it. */
  recordAt(slot: number): StoredRecord {
    const middle = this.#heap.field(slot, CONTENT_BYTES);
    const metadata = this.#heap.field(slot, METADATA);
    return {
      content: this.#heap.at(slot, 0, middle),
      metadata: this.#heap.at(slot, middle, middle + (metadata >>> 1)),
      typed: (metadata & 1) === 1,
    };
  }

  idAt(slot: number): string {
    return this.#ids.idAt(slot)!;
  }

  contentAt(slot: number): string {
    return decodeWtf8(this.recordAt(slot).content)!;
  }

  /** A fresh copy of the metadata, with JavaScript's types. */
  metadataAt(slot: number): Record<string, unknown> {
    const { metadata, typed } = this.recordAt(slot);
    return viewMetadata(jsonText(metadata), typed);
  }

  /** The metadata with Python's types. */
  pythonMetadataAt(slot: number): unknown {
    const { metadata, typed } = this.recordAt(slot);
    return pythonMetadata(jsonText(metadata), typed);
  }

  /** A fresh copy of the document, with its id. */
  documentAt(slot: number): Document {
    return new Document({
      id: this.idAt(slot),
      pageContent: this.contentAt(slot),
      metadata: this.metadataAt(slot),
    });
  }

  /** Removes the document of a slot, if there is one. Its bytes stay until `compacted`. */
  remove(slot: number): void {
    this.#ids.delete(slot);
  }

  /** Whether enough was removed for a compacted copy to save memory. */
  get isSparse(): boolean {
    const removed = this.#slots - this.#ids.size;
    return removed >= COMPACT_FROM && removed > this.#ids.size;
  }

  /**
   * A copy without removed records; this docstore stays usable meanwhile.
   * @returns the copy, and the new slot of each old one
   */
  async compacted(slices: WorkSlices): Promise<{ documents: Docstore; slots: Uint32Array }> {
    const documents = new Docstore();
    const slots = new Uint32Array(this.slots);
    for (let slot = 0; slot < this.slots; slot++) {
      if (this.isNamed(slot)) slots[slot] = documents.append(this.idAt(slot), this.recordAt(slot));
      if (slices.due()) await slices.pause();
    }
    return { documents, slots };
  }
}

/**
 * Encodes a document for the store; the given one is only read.
 * @throws MetadataError
 */
export function encodeDocument(document: Pick<DocumentInterface, "pageContent" | "metadata">): StoredRecord {
  const { json, typed } = encodeMetadata(document.metadata ?? {});
  return { content: encodeWtf8(document.pageContent), metadata: byteCodec.encodeUtf8(json), typed };
}

function jsonText(metadata: Uint8Array): string {
  return byteCodec.decodeUtf8(metadata);
}
