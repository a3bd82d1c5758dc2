/** An object with an id. */
export interface Keyed {
  readonly id: string;
}

/**
 * Documents by slot and by id, or objects with only their ids. A slot is the number of a document in the order of adding; it is not used again when
 * the document is removed.
 */
export class KeyedTable<Document extends Keyed> {
  readonly #documents: (Document | undefined)[] = [];
  readonly #slots = new Map<string, number>();

  slotOf(id: string): number | undefined {
    return this.#slots.get(id);
  }

  /** The document of a slot, not a copy; undefined if it was removed. */
  at(slot: number): Document | undefined {
    return this.#documents[slot];
  }

  /** Number of slots given so far. */
  get slots(): number {
    return this.#documents.length;
  }

  /** Adds a document at the next slot. It cannot be found by its id until `publish` is called. */
  append(document: Document): void {
    this.#documents.push(document);
  }

  /** Makes the document of a slot the one that is found by its id. */
  publish(slot: number): void {
    this.#slots.set(this.#documents[slot]!.id, slot);
  }

  /** Adds a document at the next slot, under its id. @returns false if another one has the id */
  addNew(document: Document): boolean {
    const { size } = this.#slots;
    this.#slots.set(document.id, this.#documents.push(document) - 1);
    return this.#slots.size > size;
  }

  /** Removes the documents of this slot and all later ones. */
  truncate(first: number): void {
    for (let slot = first; slot < this.#documents.length; slot++) this.#unpublish(slot);
    this.#documents.length = first;
  }

  remove(slot: number): void {
    this.#unpublish(slot);
    this.#documents[slot] = undefined;
  }

  #unpublish(slot: number): void {
    const { id } = this.#documents[slot]!;
    if (this.#slots.get(id) === slot) this.#slots.delete(id);
  }
}
