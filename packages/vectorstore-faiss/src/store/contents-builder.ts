import { Docstore } from "../docstore/docstore.js";
import type { StoredRecord } from "../docstore/record-heap.js";
import { StoreMismatchError } from "../errors/store-mismatch-error.js";
import type { WorkSlices } from "../kernels/work-slices.js";
import { PositionMap } from "./position-map.js";
import type { PreparedDocuments } from "./prepare-documents.js";
import type { StoredDocuments } from "./stored-documents.js";

/** Documents, and which position of the index each belongs to. */
export interface StoreContents {
  readonly documents: Docstore;
  readonly positions: PositionMap;
}

/** Documents in the order of their vectors. */
export function storeContents({ ids, records }: PreparedDocuments): StoreContents {
  const contents = { documents: new Docstore(), positions: new PositionMap() };
  ids.forEach((id, i) => {
    contents.positions.append(contents.documents.append(id, records[i]!));
  });
  return contents;
}

/** Gathers the documents of a saved store and checks that they fit its index. */
export class ContentsBuilder implements StoredDocuments {
  readonly #documents = new Docstore();
  /** Slot of each position, in the order in which positions came. */
  readonly #slots = new Map<number, number>();

  /** Positions that came. */
  get length(): number {
    return this.#slots.size;
  }

  record(record: StoredRecord): number {
    return this.#documents.appendRecord(record);
  }

  document(id: string, record: number): void {
    if (this.#documents.has(id)) throw new StoreMismatchError(`the id "${id}" comes twice.`);
    if (this.#documents.isNamed(record)) this.#documents.append(id, this.#documents.recordAt(record));
    else this.#documents.name(record, id);
  }

  position(position: number, id: string): void {
    const slot = this.#documents.slotOf(id);
    if (slot === undefined)
      throw new StoreMismatchError(`position ${position} belongs to "${id}", which is no document.`);
    if (this.#slots.has(position)) throw new StoreMismatchError(`position ${position} comes twice.`);
    this.#slots.set(position, slot);
  }

  /**
   * Documents that no position of the index belongs to are left out: no search finds them.
   * @param ntotal vectors of the index
   * @throws StoreMismatchError unless each has a document of its own
   */
  async build(ntotal: number, slices: WorkSlices): Promise<StoreContents> {
    if (this.#slots.size !== ntotal) {
      throw new StoreMismatchError(
        `the index has ${ntotal} vectors, the documents are for ${this.#slots.size}.`,
      );
    }
    const positions = new PositionMap();
    const used = new Uint8Array(this.#documents.slots);
    for (let position = 0; position < ntotal; position++) {
      const slot = this.#slots.get(position);
      if (slot === undefined) throw new StoreMismatchError(`no document belongs to position ${position}.`);
      if (used[slot] === 1) {
        throw new StoreMismatchError(`two positions belong to the document "${this.#documents.idAt(slot)}".`);
      }
      used[slot] = 1;
      positions.append(slot);
      if (slices.due()) await slices.pause();
    }
    if (ntotal < this.#documents.size) this.#dropUnused(used);
    return { documents: this.#documents, positions };
  }

  #dropUnused(used: Uint8Array): void {
    const slots = [...this.#documents.ids()].map((id) => this.#documents.slotOf(id)!);
    this.#documents.remove(slots.filter((slot) => !used[slot]));
  }
}
