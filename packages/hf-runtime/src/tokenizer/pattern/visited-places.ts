/** Positions per block. */
const BLOCK = 256;

/** Which instructions of a program have been visited at which positions of a text, one bit each. */
export class VisitedPlaces {
  /** Words of 32 bits for one position. */
  private readonly words: number;
  private readonly blocks = new Map<number, Uint32Array>();
  private lastBlock = -1;
  private lastBits: Uint32Array | undefined;
  private forgotten = 0;

  constructor(instructions: number) {
    this.words = Math.ceil(instructions / 32);
  }

  /** Records a visit. @returns whether there was an earlier one */
  visit(place: number, at: number): boolean {
    const block = Math.floor(at / BLOCK);
    const bits = block === this.lastBlock ? this.lastBits! : this.bitsOf(block);
    const word = (at % BLOCK) * this.words + (place >> 5);
    const bit = 1 << (place & 31);
    if ((bits[word]! & bit) !== 0) return true;
    bits[word]! |= bit;
    return false;
  }

  has(place: number, at: number): boolean {
    const bits = this.bitsOf(Math.floor(at / BLOCK));
    return (bits[(at % BLOCK) * this.words + (place >> 5)]! & (1 << (place & 31))) !== 0;
  }

  /** Frees the blocks before a position, which no later search needs. */
  forgetBefore(at: number): void {
    const block = Math.floor(at / BLOCK);
    while (this.forgotten < block) this.blocks.delete(this.forgotten++);
  }

  forgetAt(at: number): void {
    const start = (at % BLOCK) * this.words;
    this.bitsOf(Math.floor(at / BLOCK)).fill(0, start, start + this.words);
  }

  private bitsOf(block: number): Uint32Array {
    let bits = this.blocks.get(block);
    if (!bits) {
      bits = new Uint32Array(BLOCK * this.words);
      this.blocks.set(block, bits);
    }
    this.lastBlock = block;
    this.lastBits = bits;
    return bits;
  }
}
