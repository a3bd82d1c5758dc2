import { decodeWtf8 } from "../io/decode-wtf8.js";
import { encodeWtf8 } from "../io/encode-wtf8.js";
import { ByteHeap } from "./byte-heap.js";

/** Fields of each slot. LENGTH is one more than the id's length; 0 means that the slot has no id. */
const LENGTH = 0;
const HASH = 1;

/** Shards grow one at a time: with a million ids the largest step moves a few thousand. */
const SHARDS = 256;
const SMALLEST_SHARD = 8;

/** A random seed for each process, so that nobody can prepare a file whose ids all collide. */
const SEED = Math.floor(Math.random() * 2 ** 32);

interface Shard {
  /** Open addressing with linear probing: a slot plus 1, or 0. At most half full. */
  entries: Uint32Array;
  size: number;
}

/**
 * A table from ids to slots and back. A Map of a million strings keeps the garbage collector busy, stops at 2^24
 * entries, and moves all of them whenever it grows; this table keeps bytes, which the collector does not visit, and never
 * blocks the event loop.
 */
export class IdTable {
  /** The bytes of each slot's id. */
  readonly #heap = new ByteHeap(2);
  readonly #shards: (Shard | undefined)[] = new Array(SHARDS).fill(undefined);
  #size = 0;

  /** Number of ids in the table. */
  get size(): number {
    return this.#size;
  }

  slotOf(id: string): number | undefined {
    const bytes = encodeWtf8(id);
    const hash = hashOf(bytes);
    const shard = this.#shards[hash >>> 24];
    if (shard === undefined) return undefined;
    const mask = shard.entries.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const slot = shard.entries[at]! - 1;
      if (slot < 0) return undefined;
      if (this.#heap.field(slot, HASH) === hash && this.#hasBytes(slot, bytes)) return slot;
    }
  }

  /** The slot's id; `undefined` if it has none. */
  idAt(slot: number): string | undefined {
    const length = this.#heap.field(slot, LENGTH);
    return length === 0 ? undefined : decodeWtf8(this.#heap.at(slot, 0, length - 1));
  }

  hasIdAt(slot: number): boolean {
    return this.#heap.field(slot, LENGTH) > 0;
  }

  /** Gives a slot an id; the slot must have no id, and the id no slot. */
  set(slot: number, id: string): void {
    const bytes = encodeWtf8(id);
    const hash = hashOf(bytes);
    this.#heap.reserve(slot, bytes.length).set(bytes);
    this.#heap.setField(slot, LENGTH, bytes.length + 1);
    this.#heap.setField(slot, HASH, hash);
    this.#insert(slot, hash);
    this.#size++;
  }

  /** Removes a slot's id; its bytes stay. */
  delete(slot: number): void {
    if (!this.hasIdAt(slot)) return;
    const hash = this.#heap.field(slot, HASH);
    const shard = this.#shards[hash >>> 24]!;
    const { entries } = shard;
    const mask = entries.length - 1;
    let hole = hash & mask;
    while (entries[hole] !== slot + 1) hole = (hole + 1) & mask;
    // Entries that follow without a gap move into the hole if it is on their probe path.
    for (let at = (hole + 1) & mask; entries[at] !== 0; at = (at + 1) & mask) {
      const home = this.#heap.field(entries[at]! - 1, HASH) & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      entries[hole] = entries[at]!;
      hole = at;
    }
    entries[hole] = 0;
    shard.size--;
    this.#heap.setField(slot, LENGTH, 0);
    this.#size--;
  }

  #insert(slot: number, hash: number): void {
    const number = hash >>> 24;
    let shard = this.#shards[number];
    if (shard === undefined) {
      shard = { entries: new Uint32Array(SMALLEST_SHARD), size: 0 };
      this.#shards[number] = shard;
    } else if (shard.size * 2 >= shard.entries.length) {
      const old = shard.entries;
      shard.entries = new Uint32Array(old.length * 2);
      for (const entry of old) {
        if (entry !== 0) place(shard.entries, entry, this.#heap.field(entry - 1, HASH));
      }
    }
    place(shard.entries, slot + 1, hash);
    shard.size++;
  }

  #hasBytes(slot: number, bytes: Uint8Array): boolean {
    if (this.#heap.field(slot, LENGTH) !== bytes.length + 1) return false;
    const own = this.#heap.at(slot, 0, bytes.length);
    for (let i = 0; i < own.length; i++) if (own[i] !== bytes[i]) return false;
    return true;
  }
}

function place(entries: Uint32Array, entry: number, hash: number): void {
  const mask = entries.length - 1;
  let at = hash & mask;
  while (entries[at] !== 0) at = (at + 1) & mask;
  entries[at] = entry;
}

/** FNV-1a with a seed, and a final mix so that the upper bits, which choose the shard, depend on all bytes. */
function hashOf(bytes: Uint8Array): number {
  let hash = SEED;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
