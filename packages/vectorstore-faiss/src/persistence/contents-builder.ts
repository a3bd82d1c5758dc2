import type { WorkSlices } from "@secondpass/core";
import { PositionMap } from "../contents/position-map.js";
import type { IndexedDocuments } from "../contents/store-contents.js";
import { withRoom } from "../contents/with-room.js";
import type { StoredRecord } from "../documents/docstore.js";
import { Docstore } from "../documents/docstore.js";
import { StoreMismatchError } from "../errors/store-mismatch-error.js";
import type { StoredDocuments } from "./layout/stored-documents.js";

/** Collects the documents of a saved store and checks that they fit its index. */
export class ContentsBuilder implements StoredDocuments {
  readonly #documents = new Docstore();
  /** Positions and their slots, in the order of the file. */
  #positions = new Float64Array(64);
  #slots = new Uint32Array(64);
  #length = 0;

  /** Number of positions. */
  get length(): number {
    return this.#length;
  }

  record(record: StoredRecord): number {
    return this.#documents.appendRecord(record);
  }

  document(id: string, record: number): void {
    if (this.#documents.has(id)) throw new StoreMismatchError(`the id "${id}" occurs twice.`);
    if (this.#documents.isNamed(record)) this.#documents.append(id, this.#documents.recordAt(record));
    else this.#documents.name(record, id);
  }

  position(position: number, id: string): void {
    const slot = this.#documents.slotOf(id);
    if (slot === undefined)
      throw new StoreMismatchError(
        `position ${position} belongs to "${id}", which is not a stored document.`,
      );
    this.#positions = withRoom(this.#positions, this.#length + 1);
    this.#slots = withRoom(this.#slots, this.#length + 1);
    this.#positions[this.#length] = position;
    this.#slots[this.#length++] = slot;
  }

  /**
   * Builds the documents of a store. Documents without a position in the index are left out: no search finds them.
   * @param ntotal number of vectors in the index
   * @throws StoreMismatchError if a vector has no document; several may have the same
   */
  async build(ntotal: number, slices: WorkSlices): Promise<IndexedDocuments> {
    if (this.#length !== ntotal) {
      throw new StoreMismatchError(`the index has ${ntotal} vectors, the documents are for ${this.#length}.`);
    }
    const documents = this.#documents;
    /** Whether each slot has a position, and the slot of each position plus 1; 0 for positions without a slot so far. */
    const hasPosition = new Uint8Array(documents.slots);
    const slotAt = new Uint32Array(ntotal);
    let used = 0;
    for (let i = 0; i < ntotal; i++) {
      const position = this.#positions[i]!;
      const slot = this.#slots[i]!;
      if (!(Number.isInteger(position) && position >= 0 && position < ntotal)) {
        throw new StoreMismatchError(
          `"${documents.idAt(slot)}" has position ${position}, the index has ${ntotal} vectors.`,
        );
      }
      if (slotAt[position] !== 0) throw new StoreMismatchError(`position ${position} occurs twice.`);
      slotAt[position] = slot + 1;
      if (hasPosition[slot] === 0) used++;
      hasPosition[slot] = 1;
      if (slices.due()) await slices.pause();
    }
    const positions = new PositionMap();
    for (const slot of slotAt) {
      positions.append(slot - 1);
      if (slices.due()) await slices.pause();
    }
    for (let slot = 0; used < documents.size && slot < documents.slots; slot++) {
      if (hasPosition[slot] === 0) documents.remove(slot);
      if (slices.due()) await slices.pause();
    }
    return { documents, positions };
  }
}
