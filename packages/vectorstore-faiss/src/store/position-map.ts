/** The slot of a position whose vector is in the index but counts no more. */
const REMOVED = 0xffffffff;

/**
 * Which document (slot of the docstore) each position of the index belongs to, and back. Indexes that cannot let go
 * of a vector keep it under a position marked as removed.
 */
export class PositionMap {
  #slots: Uint32Array = new Uint32Array(64);
  #positions: Uint32Array = new Uint32Array(64);
  #length = 0;
  #removed = 0;

  /** Positions there are, removed ones included: the index's `ntotal`. */
  get length(): number {
    return this.#length;
  }

  /** Positions marked as removed. */
  get removed(): number {
    return this.#removed;
  }

  append(slot: number): void {
    this.#slots = withRoom(this.#slots, this.#length + 1);
    this.#positions = withRoom(this.#positions, slot + 1);
    this.#slots[this.#length] = slot;
    this.#positions[slot] = this.#length++;
  }

  /** A position whose vector counts no more, such as one of a change that failed. */
  appendRemoved(): void {
    this.#slots = withRoom(this.#slots, this.#length + 1);
    this.#slots[this.#length++] = REMOVED;
    this.#removed++;
  }

  isRemoved(position: number): boolean {
    return this.#slots[position] === REMOVED;
  }

  slotAt(position: number): number {
    return this.#slots[position]!;
  }

  positionOf(slot: number): number {
    return this.#positions[slot]!;
  }

  /** Slots in the order of positions, without removed ones; a copy. */
  liveSlots(): Uint32Array {
    return this.#slots.slice(0, this.#length).filter((slot) => slot !== REMOVED);
  }

  /** Positions that are not removed, ascending. */
  livePositions(): Uint32Array {
    return this.#positionsWhere((slot) => slot !== REMOVED, this.#length - this.#removed);
  }

  /** Positions marked as removed, ascending. */
  removedPositions(): Uint32Array {
    return this.#positionsWhere((slot) => slot === REMOVED, this.#removed);
  }

  /** Marks positions whose vectors stay in the index. */
  markRemoved(positions: Iterable<number>): void {
    for (const position of positions) {
      if (!this.isRemoved(position)) this.#removed++;
      this.#slots[position] = REMOVED;
    }
  }

  /** Drops all positions marked as removed; later ones move down, as in a flat index. */
  compact(): void {
    const live = this.liveSlots();
    this.#slots = withRoom(live, 64);
    this.#length = live.length;
    this.#removed = 0;
    for (let position = 0; position < live.length; position++) this.#positions[live[position]!] = position;
  }

  /** Follows the documents to a docstore that gives them new slots. @param slots the new slot of each old one */
  moveSlots(slots: Uint32Array): void {
    for (let position = 0; position < this.#length; position++) {
      if (this.isRemoved(position)) continue;
      const slot = slots[this.#slots[position]!]!;
      this.#slots[position] = slot;
      // New slots are never above the old ones, so there is room.
      this.#positions[slot] = position;
    }
  }

  #positionsWhere(test: (slot: number) => boolean, count: number): Uint32Array {
    const found = new Uint32Array(count);
    for (let position = 0, i = 0; i < count; position++) {
      if (test(this.#slots[position]!)) found[i++] = position;
    }
    return found;
  }
}

/** The array, or a larger copy when it has no room for `length`. */
function withRoom(array: Uint32Array, length: number): Uint32Array {
  if (length <= array.length) return array;
  const larger = new Uint32Array(Math.max(length, array.length * 2));
  larger.set(array);
  return larger;
}
