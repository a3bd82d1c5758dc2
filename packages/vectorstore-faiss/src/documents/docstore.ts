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

/** Removed records are worth giving back once they are this many and more than half. */
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
 * Documents by id, in a few large buffers instead of millions of strings and objects: a document costs its UTF-8 bytes and
 * 16 more. Each has a slot, a number that stays its own. Every document
 * handed out is a fresh copy.
 */
export class Docstore {
  readonly #heap = new ByteHeap(2);
  readonly #ids = new IdTable();
  #slots = 0;

  /** Documents stored. */
  get size(): number {
    return this.#ids.size;
  }

  /** Slots ever taken: all slots are below this. */
  get slots(): number {
    return this.#slots;
  }

  has(id: string): boolean {
    return this.#ids.slotOf(id) !== undefined;
  }

  /** @throws InvalidOptionError if the id is not a string */
  slotOf(id: string): number | undefined {
    checkText(id, "id");
    return this.#ids.slotOf(id);
  }

  /** @returns the new slot; the id must be new (callers check it, so that they can refuse a whole batch) */
  append(id: string, record: StoredRecord): number {
    const slot = this.appendRecord(record);
    this.name(slot, id);
    return slot;
  }

  /** Keeps a record whose id is not known yet; until `name` gives it one, no document is there. */
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

  /** Makes a document of a record. */
  name(slot: number, id: string): void {
    this.#ids.set(slot, id);
  }

  /** Not copied: read it before anything else is done, or copy. */
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

  /** A fresh copy, as JavaScript sees it. */
  metadataAt(slot: number): Record<string, unknown> {
    const { metadata, typed } = this.recordAt(slot);
    return viewMetadata(jsonText(metadata), typed);
  }

  /** With Python's types. */
  pythonMetadataAt(slot: number): unknown {
    const { metadata, typed } = this.recordAt(slot);
    return pythonMetadata(jsonText(metadata), typed);
  }

  /** A fresh copy, with its id. */
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

  /** Whether so much was removed that a compacted copy would save memory. */
  get isSparse(): boolean {
    const removed = this.#slots - this.#ids.size;
    return removed >= COMPACT_FROM && removed > this.#ids.size;
  }

  /**
   * A copy without what was removed; this one stays usable meanwhile.
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
 * A document as the store keeps it; the given one is only read.
 * @throws MetadataError
 */
export function encodeDocument(document: Pick<DocumentInterface, "pageContent" | "metadata">): StoredRecord {
  const { json, typed } = encodeMetadata(document.metadata ?? {});
  return { content: encodeWtf8(document.pageContent), metadata: byteCodec.encodeUtf8(json), typed };
}

function jsonText(metadata: Uint8Array): string {
  return byteCodec.decodeUtf8(metadata);
}
