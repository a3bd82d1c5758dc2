/** Labels added between two checks of the clock: about a millisecond. */
const LABELS_PER_STEP = 4096;

/** A random seed for each process, so that nobody can prepare a file whose labels all collide. */
const SEED = Math.floor(Math.random() * 2 ** 32);

/**
 * Finds the vector of a label. A Map of a million bigints is filled without a pause and takes a hundred bytes
 * for each; this table is filled step by step and takes eight to sixteen. If several vectors have one label, the last wins.
 */
export class LabelTable {
  /** Open addressing with linear probing: an ordinal plus 1, or 0. At most half full. */
  private readonly entries: Uint32Array;
  private filled = 0;

  /**
   * @param count number of vectors, numbered from 0
   * @param labelAt the label of a vector
   */
  constructor(
    private readonly count: number,
    private readonly labelAt: (ordinal: number) => bigint,
  ) {
    this.entries = new Uint32Array(2 ** Math.ceil(Math.log2(2 * count + 1)));
  }

  /** Adds some more labels. @returns whether some are still missing */
  fill(): boolean {
    const end = Math.min(this.filled + LABELS_PER_STEP, this.count);
    for (; this.filled < end; this.filled++) {
      this.entries[this.placeOf(this.labelAt(this.filled))] = this.filled + 1;
    }
    return this.filled < this.count;
  }

  /** The number of the vector with this label; `undefined` if there is none. */
  find(label: bigint): number | undefined {
    while (this.fill());
    const entry = this.entries[this.placeOf(label)]!;
    return entry === 0 ? undefined : entry - 1;
  }

  /** The entry of a label, or the free entry where it would be. */
  private placeOf(label: bigint): number {
    const mask = this.entries.length - 1;
    let at = hashOf(label) & mask;
    for (; this.entries[at] !== 0; at = (at + 1) & mask) {
      if (this.labelAt(this.entries[at]! - 1) === label) break;
    }
    return at;
  }
}

function hashOf(label: bigint): number {
  const low = Number(BigInt.asUintN(32, label));
  const high = Number(BigInt.asUintN(32, label >> 32n));
  let hash = Math.imul(low ^ SEED, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13) ^ high, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
