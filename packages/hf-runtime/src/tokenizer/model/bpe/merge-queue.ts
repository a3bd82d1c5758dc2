/** Positions are below this, so that a rank and a position fit into one number without loss. */
const POSITIONS = 2 ** 31;

/** A priority queue of merges: the lowest rank first, and the leftmost position if ranks are equal. */
export class MergeQueue {
  /** [size] rank * POSITIONS + position, as a binary heap */
  private keys: Float64Array;
  private ids: Int32Array;
  private size = 0;
  /** Position and merged id of the merge that `pop` took. */
  position = 0;
  mergedId = 0;

  constructor(capacity: number) {
    this.keys = new Float64Array(capacity);
    this.ids = new Int32Array(capacity);
  }

  push(rank: number, position: number, mergedId: number): void {
    if (this.size === this.keys.length) this.grow();
    const { keys, ids } = this;
    const key = rank * POSITIONS + position;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (keys[parent]! <= key) break;
      keys[at] = keys[parent]!;
      ids[at] = ids[parent]!;
      at = parent;
    }
    keys[at] = key;
    ids[at] = mergedId;
  }

  /** Takes the first merge. @returns false if there is none */
  pop(): boolean {
    if (this.size === 0) return false;
    const { keys, ids } = this;
    this.position = keys[0]! % POSITIONS;
    this.mergedId = ids[0]!;
    const last = --this.size;
    const key = keys[last]!;
    const id = ids[last]!;
    let at = 0;
    for (let child = 1; child < last; child = 2 * at + 1) {
      if (child + 1 < last && keys[child + 1]! < keys[child]!) child++;
      if (keys[child]! >= key) break;
      keys[at] = keys[child]!;
      ids[at] = ids[child]!;
      at = child;
    }
    keys[at] = key;
    ids[at] = id;
    return true;
  }

  private grow(): void {
    const keys = new Float64Array(2 * this.keys.length + 16);
    const ids = new Int32Array(keys.length);
    keys.set(this.keys);
    ids.set(this.ids);
    this.keys = keys;
    this.ids = ids;
  }
}
