/** What has an id. */
export interface Keyed {
  readonly id: string;
}

/** Documents, or what stands for them, by slot and by id. */
export class KeyedTable<Document extends Keyed> {
  readonly #documents: (Document | undefined)[] = [];
  readonly #slots = new Map<string, number>();

  slotOf(id: string): number | undefined {
    return this.#slots.get(id);
  }

  /** The kept document itself; undefined if it was removed. */
  at(slot: number): Document | undefined {
    return this.#documents[slot];
  }

  /** Slots given so far. */
  get slots(): number {
    return this.#documents.length;
  }

  /** Keeps a document at the next slot. It has no id until it is named. */
  append(document: Document): void {
    this.#documents.push(document);
  }

  /** Makes the document of a slot the one of its id. */
  name(slot: number): void {
    this.#slots.set(this.#documents[slot]!.id, slot);
  }

  /** Keeps a document at the next slot as the one of its id. @returns whether no other has the id */
  addNew(document: Document): boolean {
    const { size } = this.#slots;
    this.#slots.set(document.id, this.#documents.push(document) - 1);
    return this.#slots.size > size;
  }

  /** Forgets the documents from a slot on. */
  cut(slots: number): void {
    for (let slot = slots; slot < this.#documents.length; slot++) this.#unname(slot);
    this.#documents.length = slots;
  }

  remove(slot: number): void {
    this.#unname(slot);
    this.#documents[slot] = undefined;
  }

  #unname(slot: number): void {
    const { id } = this.#documents[slot]!;
    if (this.#slots.get(id) === slot) this.#slots.delete(id);
  }
}
