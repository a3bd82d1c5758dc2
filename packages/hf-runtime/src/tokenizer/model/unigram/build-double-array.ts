import { workSlices } from "@secondpass/core";
import { type DoubleArrayTrie, ROOT } from "./double-array-trie.js";

/** Concatenated keys: key `i` is the bytes from `offsets[i]` up to `offsets[i + 1]`. */
export interface ByteKeys {
  readonly bytes: Uint8Array;
  /** [keys + 1] */
  readonly offsets: Uint32Array;
}

/**
 * Builds a trie whose values are the keys' indices; if keys are equal, the last counts. Keys are sorted into their nodes
 * byte by byte (radix), and each node's children go to the first place where all of them fit. No key may contain a zero
 * byte: label 0 marks free slots. Works in slices: XLM-R's 250,000 pieces take a fifth of a second.
 */
export async function buildDoubleArray(keys: ByteKeys): Promise<DoubleArrayTrie> {
  // XLM-R needs a third of a slot for each byte: many pieces share a prefix.
  const slots = new Slots(Math.max(1024, keys.bytes.length >> 1));
  const builder = new Builder(keys, slots);
  // Breadth first: nodes of one depth, then of the next.
  for (let level = [ROOT, 0, keys.offsets.length - 1]; level.length > 0; ) {
    level = await builder.expandLevel(level);
  }
  return slots.finish();
}

/** Nodes between two checks of the clock: a few microseconds each. */
const NODES_PER_CHECK = 256;

/** Sorts the keys below each node of a level by their next byte. */
class Builder {
  /** Key numbers; those below one node are neighbours. */
  private order: Uint32Array;
  private nextOrder: Uint32Array;
  private depth = 0;
  private readonly slices = workSlices();
  private readonly counts = new Uint32Array(256);
  private readonly starts = new Uint32Array(256);

  constructor(
    private readonly keys: ByteKeys,
    private readonly slots: Slots,
  ) {
    const keyCount = keys.offsets.length - 1;
    this.order = new Uint32Array(keyCount);
    for (let key = 0; key < keyCount; key++) this.order[key] = key;
    this.nextOrder = new Uint32Array(keyCount);
  }

  /** @param level slot, first and end in `order` of each node. @returns the same of their children */
  async expandLevel(level: readonly number[]): Promise<number[]> {
    const next: number[] = [];
    for (let at = 0; at < level.length; at += 3) {
      if (at % (3 * NODES_PER_CHECK) === 0 && this.slices.due()) await this.slices.pause();
      const first = level[at + 1]!;
      const end = level[at + 2]!;
      // Most nodes are on the tail of a single key: nothing to sort.
      if (end - first === 1) this.expandTail(level[at]!, first, next);
      else this.expandNode(level[at]!, first, end, next);
    }
    [this.order, this.nextOrder] = [this.nextOrder, this.order];
    this.depth++;
    return next;
  }

  /** Next byte of a key, or 0 at its end. */
  private byteOf(key: number): number {
    const position = this.keys.offsets[key]! + this.depth;
    return position === this.keys.offsets[key + 1] ? 0 : this.keys.bytes[position]!;
  }

  private expandTail(slot: number, index: number, next: number[]): void {
    const key = this.order[index]!;
    const byte = this.byteOf(key);
    if (byte === 0) {
      this.slots.value[slot] = key;
      return;
    }
    this.nextOrder[index] = key;
    const base = this.slots.place([byte]);
    this.slots.base[slot] = base;
    next.push(base ^ byte, index, index + 1);
  }

  private expandNode(slot: number, first: number, end: number, next: number[]): void {
    const { counts, starts, order, nextOrder } = this;
    const labels: number[] = [];
    for (let index = first; index < end; index++) {
      const key = order[index]!;
      const byte = this.byteOf(key);
      if (byte === 0) this.slots.value[slot] = Math.max(this.slots.value[slot]!, key);
      else if (counts[byte]!++ === 0) labels.push(byte);
    }
    if (labels.length === 0) return;
    let start = first;
    for (const label of labels) {
      starts[label] = start;
      start += counts[label]!;
    }
    for (let index = first; index < end; index++) {
      const key = order[index]!;
      const byte = this.byteOf(key);
      if (byte !== 0) nextOrder[starts[byte]!++] = key;
    }
    const base = this.slots.place(labels);
    this.slots.base[slot] = base;
    for (const label of labels) {
      next.push(base ^ label, starts[label]! - counts[label]!, starts[label]!);
      counts[label] = 0;
    }
  }
}

/**
 * The search for children's places covers the free slots among this many at the end. Earlier holes stay empty:
 * searching them for every node would take minutes, and they are only a few per cent.
 */
const SEARCHED_SLOTS = 4096;

/** Growing arrays of slots, and a linked list of those that are free. */
class Slots {
  base = new Int32Array(0);
  value = new Int32Array(0);
  private label = new Uint8Array(0);
  private usedBases = new Uint8Array(0);
  private nextFree = new Int32Array(0);
  private previousFree = new Int32Array(0);
  /** The free slot where the search begins. */
  private head = 1;
  private last = 0;

  constructor(capacity: number) {
    this.grow(capacity);
    this.take(ROOT);
  }

  /** Takes slots for children with these labels. @returns their base */
  place(labels: readonly number[]): number {
    while (this.head < this.last - SEARCHED_SLOTS) this.head = this.nextFree[this.head]!;
    for (let free = this.head; ; free = this.nextFree[free]!) {
      if (free + 256 >= this.base.length) this.grow(this.base.length * 2);
      const base = free ^ labels[0]!;
      // Below 256, a child could fall on the root, whose label is that of a free slot.
      if (base < 256 || this.usedBases[base] || !this.fits(base, labels)) continue;
      this.usedBases[base] = 1;
      for (const label of labels) {
        this.label[base ^ label] = label;
        this.take(base ^ label);
      }
      return base;
    }
  }

  /** Returns the trie, cut to size, with room for any byte after the last base, so that look-ups need no bounds checks. */
  finish(): DoubleArrayTrie {
    const size = (this.last | 255) + 1;
    return {
      base: this.base.slice(0, size),
      label: this.label.slice(0, size),
      value: this.value.slice(0, size),
    };
  }

  private fits(base: number, labels: readonly number[]): boolean {
    for (let index = 1; index < labels.length; index++) if (this.label[base ^ labels[index]!]) return false;
    return true;
  }

  private take(slot: number): void {
    const next = this.nextFree[slot]!;
    const previous = this.previousFree[slot]!;
    if (previous >= 0) this.nextFree[previous] = next;
    this.previousFree[next] = previous;
    if (this.head === slot) this.head = next;
    if (slot > this.last) this.last = slot;
  }

  private grow(capacity: number): void {
    const old = this.base.length;
    this.base = copied(this.base, new Int32Array(capacity));
    this.label = copied(this.label, new Uint8Array(capacity));
    this.value = copied(this.value, new Int32Array(capacity).fill(-1));
    this.usedBases = copied(this.usedBases, new Uint8Array(capacity));
    this.nextFree = copied(this.nextFree, new Int32Array(capacity));
    this.previousFree = copied(this.previousFree, new Int32Array(capacity + 1));
    for (let slot = old; slot < capacity; slot++) {
      this.nextFree[slot] = slot + 1;
      this.previousFree[slot + 1] = slot;
    }
    // The first new slot follows whatever was the last free one, which `take` has kept in `previousFree[old]`.
    if (old === 0) this.previousFree[0] = -1;
  }
}

function copied<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
