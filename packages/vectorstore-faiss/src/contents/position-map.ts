import type { WorkSlices } from "@secondpass/core";
import { withRoom } from "./with-room.js";

/** The slot of a position whose vector is still in the index but has been removed. */
const REMOVED = 0xffffffff;

/**
 * Maps each position of the index to its document (a slot of the docstore), and back. Several vectors may belong to one document, as in
 * stores of LangChain Python; they are removed together. A removed vector may stay in the index; its position is then marked as removed.
 */
export class PositionMap {
  #slots: Uint32Array = new Uint32Array(64);
  /** The last position of each slot, plus 1; 0 if it has none. */
  #positions: Uint32Array = new Uint32Array(64);
  /** For each position, the previous one of the same slot, plus 1; 0 if none. Empty unless positions share a slot. */
  #earlier: Uint32Array = new Uint32Array(0);
  #length = 0;
  #removed = 0;

  /** Number of positions, including removed ones: the index's `ntotal`. */
  get length(): number {
    return this.#length;
  }

  /** Number of positions marked as removed. */
  get removed(): number {
    return this.#removed;
  }

  append(slot: number): void {
    this.#slots = withRoom(this.#slots, this.#length + 1);
    this.#positions = withRoom(this.#positions, slot + 1);
    this.#link(this.#length++, slot);
  }

  /** Appends positions up to `length` that are marked as removed, such as those of a failed change. */
  async appendRemovedTo(length: number, slices: WorkSlices): Promise<void> {
    this.#slots = withRoom(this.#slots, length);
    while (this.#length < length) {
      this.#slots[this.#length++] = REMOVED;
      this.#removed++;
      if (slices.due()) await slices.pause({ ignoreSignal: true });
    }
  }

  isRemoved(position: number): boolean {
    return this.#slots[position] === REMOVED;
  }

  slotAt(position: number): number {
    return this.#slots[position]!;
  }

  /** The positions of a slot that has a document: one, or all that share it. */
  positionsOf(slot: number): number[] {
    const positions: number[] = [];
    for (let next = this.#positions[slot]!; next > 0; next = this.#earlier[next - 1] ?? 0) {
      positions.push(next - 1);
    }
    return positions;
  }

  /** Slots in the order of positions, without removed ones; a copy. */
  async liveSlots(slices: WorkSlices): Promise<Uint32Array> {
    return this.#live(slices, (position) => this.#slots[position]!);
  }

  /** Positions that are not removed, ascending. */
  async livePositions(slices: WorkSlices): Promise<Uint32Array> {
    return this.#live(slices, (position) => position);
  }

  /** Marks a position whose vector stays in the index. */
  markRemoved(position: number): void {
    if (!this.isRemoved(position)) this.#removed++;
    this.#slots[position] = REMOVED;
  }

  /** The first position marked as removed; `length` if there is none. */
  firstRemoved(): number {
    const first = this.#removed === 0 ? -1 : this.#slots.indexOf(REMOVED);
    return first < 0 ? this.#length : first;
  }

  /** Positions marked as removed, ascending. */
  *removedPositions(): Generator<number> {
    for (let position = this.firstRemoved(); position < this.#length; position++) {
      if (this.isRemoved(position)) yield position;
    }
  }

  /** Drops all positions marked as removed; later ones move down, as in a flat index. */
  async compact(slices: WorkSlices): Promise<void> {
    const isShared = this.#earlier.length > 0;
    // Build the chains of positions again from the beginning.
    if (isShared) this.#positions = new Uint32Array(this.#positions.length);
    let length = isShared ? 0 : this.firstRemoved();
    for (let position = length; position < this.#length; position++) {
      if (!this.isRemoved(position)) {
        const slot = this.#slots[position]!;
        if (!isShared) this.#positions[slot] = 0;
        this.#link(length++, slot);
      }
      if (slices.due()) await slices.pause({ ignoreSignal: true });
    }
    this.#length = length;
    this.#removed = 0;
  }

  /** Replaces the slots after the documents have moved to another docstore. @param slots the new slot of each old one */
  async moveSlots(slots: Uint32Array, slices: WorkSlices): Promise<void> {
    this.#positions = new Uint32Array(this.#positions.length);
    for (let position = 0; position < this.#length; position++) {
      if (!this.isRemoved(position)) {
        // New slots are never above the old ones, so there is room.
        this.#link(position, slots[this.#slots[position]!]!);
      }
      if (slices.due()) await slices.pause({ ignoreSignal: true });
    }
  }

  /** Adds a position to a slot, as its last one. */
  #link(position: number, slot: number): void {
    const earlier = this.#positions[slot]!;
    if (earlier > 0) this.#earlier = withRoom(this.#earlier, position + 1);
    if (position < this.#earlier.length) this.#earlier[position] = earlier;
    this.#slots[position] = slot;
    this.#positions[slot] = position + 1;
  }

  async #live(slices: WorkSlices, valueAt: (position: number) => number): Promise<Uint32Array> {
    const live = new Uint32Array(this.#length - this.#removed);
    for (let position = 0, i = 0; i < live.length; position++) {
      if (!this.isRemoved(position)) live[i++] = valueAt(position);
      if (slices.due()) await slices.pause();
    }
    return live;
  }
}
