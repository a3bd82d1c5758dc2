import { Document, type DocumentInterface } from "@langchain/core/documents";
import type { WorkSlices } from "@secondpass/faiss/io";
import { byteCodec } from "../io/byte-codec.js";
import { decodeWtf8, encodeWtf8 } from "../io/wtf8.js";
import { pythonMetadata, viewMetadata } from "./decode-metadata.js";
import { encodeMetadata } from "./encode-metadata.js";
import { IdTable } from "./id-table.js";
import { RecordHeap, type StoredRecord } from "./record-heap.js";

/** Removed records are worth giving back once they are this many and more than half. */
const COMPACT_FROM = 1024;

/**
 * Documents by id, kept compactly. Each has a slot, a number that stays its own. Every document handed out is a fresh copy.
 */
export class Docstore {
  readonly #heap = new RecordHeap();
  readonly #ids = new IdTable();

  /** Documents stored. */
  get size(): number {
    return this.#ids.size;
  }

  /** Slots ever taken: all slots are below this. */
  get slots(): number {
    return this.#heap.length;
  }

  has(id: string): boolean {
    return this.#ids.slotOf(id) !== undefined;
  }

  slotOf(id: string): number | undefined {
    return this.#ids.slotOf(id);
  }

  /** @returns the new slot; the id must be new (callers check, to refuse whole batches at once) */
  append(id: string, record: StoredRecord): number {
    const slot = this.appendRecord(record);
    this.name(slot, id);
    return slot;
  }

  /** Keeps a record whose id is not known yet; until `name` gives it one, no document is there. */
  appendRecord(record: StoredRecord): number {
    return this.#heap.append(record);
  }

  /** Whether the slot holds a document. */
  isNamed(slot: number): boolean {
    return this.#ids.hasIdAt(slot);
  }

  /** Makes a document of a record. */
  name(slot: number, id: string): void {
    this.#ids.set(slot, id);
  }

  recordAt(slot: number): StoredRecord {
    return this.#heap.at(slot);
  }

  idAt(slot: number): string {
    return this.#ids.idAt(slot)!;
  }

  contentAt(slot: number): string {
    return decodeWtf8(this.#heap.at(slot).content)!;
  }

  /** A fresh copy, as JavaScript sees it. */
  metadataAt(slot: number): Record<string, unknown> {
    const { metadata, typed } = this.#heap.at(slot);
    return viewMetadata(jsonText(metadata), typed);
  }

  /** With Python's types. */
  pythonMetadataAt(slot: number): unknown {
    const { metadata, typed } = this.#heap.at(slot);
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
    const removed = this.#heap.length - this.#ids.size;
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
      if (this.isNamed(slot)) slots[slot] = documents.append(this.idAt(slot), this.#heap.at(slot));
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
