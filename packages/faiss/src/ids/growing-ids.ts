import type { WorkSlices } from "@secondpass/core";

/** A list of 64-bit ids. It grows by at least half, which makes many small additions linear. */
export class GrowingIds {
  private ids: BigInt64Array<ArrayBufferLike>;
  private size: number;

  /** @param initial used without copying */
  constructor(initial: BigInt64Array<ArrayBufferLike> = new BigInt64Array(0)) {
    this.ids = initial;
    this.size = initial.length;
  }

  get length(): number {
    return this.size;
  }

  at(position: number): bigint {
    return this.ids[position]!;
  }

  set(position: number, id: bigint): void {
    this.ids[position] = id;
  }

  append(ids: BigInt64Array): void {
    const needed = this.size + ids.length;
    if (needed > this.ids.length) {
      const grown = new BigInt64Array(
        this.size === 0 ? needed : Math.max(needed, Math.ceil(this.ids.length * 1.5)),
      );
      grown.set(this.ids.subarray(0, this.size));
      this.ids = grown;
    }
    this.ids.set(ids, this.size);
    this.size = needed;
  }

  truncate(length: number): void {
    this.size = Math.min(this.size, length);
  }

  /** Removes the ids at these positions, ascending; later ones move down. */
  async remove(positions: readonly number[], slices: WorkSlices): Promise<void> {
    let next = positions[0] ?? this.size;
    for (const [i, position] of positions.entries()) {
      const end = positions[i + 1] ?? this.size;
      this.ids.copyWithin(next, position + 1, end);
      next += end - position - 1;
      if (slices.due()) await slices.pause();
    }
    this.size = next;
  }

  /** A view, valid until the next change. */
  view(): BigInt64Array {
    return this.ids.subarray(0, this.size);
  }
}
