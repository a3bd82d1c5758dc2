/** Capacity of a new window; it doubles when full. A power of two, so that a mask turns a piece's number into its slot. */
const FIRST_CAPACITY = 256;

/**
 * A queue of pieces, each with its range and its length. Pieces are addressed by number, from `first` up to, not including, `next`.
 * It is a ring of typed arrays, because millions of pieces pass through, and a list of objects would make too much garbage.
 */
export class PieceWindow {
  /** Number of the oldest piece. */
  first = 0;
  /** Number of the next piece to be added. */
  next = 0;
  #mask = FIRST_CAPACITY - 1;
  #starts = new Int32Array(FIRST_CAPACITY);
  #ends = new Int32Array(FIRST_CAPACITY);
  #lengths = new Float64Array(FIRST_CAPACITY);

  get count(): number {
    return this.next - this.first;
  }

  push(start: number, end: number, length: number): void {
    if (this.next - this.first > this.#mask) this.#grow();
    const index = this.next & this.#mask;
    this.#starts[index] = start;
    this.#ends[index] = end;
    this.#lengths[index] = length;
    this.next++;
  }

  start(piece: number): number {
    return this.#starts[piece & this.#mask]!;
  }

  end(piece: number): number {
    return this.#ends[piece & this.#mask]!;
  }

  length(piece: number): number {
    return this.#lengths[piece & this.#mask]!;
  }

  clear(): void {
    this.first = 0;
    this.next = 0;
  }

  #grow(): void {
    const capacity = 2 * (this.#mask + 1);
    const starts = new Int32Array(capacity);
    const ends = new Int32Array(capacity);
    const lengths = new Float64Array(capacity);
    for (let piece = this.first; piece < this.next; piece++) {
      starts[piece & (capacity - 1)] = this.start(piece);
      ends[piece & (capacity - 1)] = this.end(piece);
      lengths[piece & (capacity - 1)] = this.length(piece);
    }
    this.#starts = starts;
    this.#ends = ends;
    this.#lengths = lengths;
    this.#mask = capacity - 1;
  }
}
