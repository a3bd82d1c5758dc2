/** Labels taken in between two looks at the clock: about a millisecond. */
const LABELS_PER_STEP = 4096;

/** Each process its own, so that no file can be made whose labels all fall on one another. */
const SEED = Math.floor(Math.random() * 2 ** 32);

/**
 * Finds which of many vectors bears a label. A Map of a million bigints is made at a stretch and takes a hundred bytes
 * each; this one is filled step by step and takes eight to sixteen. Of several vectors with one label the last counts.
 */
export class LabelTable {
  /** Open addressing with linear probing: an ordinal plus 1, or 0. At most half full. */
  private readonly entries: Uint32Array;
  private filled = 0;

  /**
   * @param count vectors, numbered from 0
   * @param labelAt the label of each
   */
  constructor(
    private readonly count: number,
    private readonly labelAt: (ordinal: number) => bigint,
  ) {
    this.entries = new Uint32Array(2 ** Math.ceil(Math.log2(2 * count + 1)));
  }

  /** Takes in some more labels. @returns whether some are still missing */
  fill(): boolean {
    const end = Math.min(this.filled + LABELS_PER_STEP, this.count);
    for (; this.filled < end; this.filled++) {
      this.entries[this.placeOf(this.labelAt(this.filled))] = this.filled + 1;
    }
    return this.filled < this.count;
  }

  /** The number of the vector with this label, `undefined` when there is none. */
  find(label: bigint): number | undefined {
    while (this.fill());
    const entry = this.entries[this.placeOf(label)]!;
    return entry === 0 ? undefined : entry - 1;
  }

  /** Where the label is, or where it would go. */
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
