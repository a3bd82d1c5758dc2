/** Positions per block. */
const BLOCK = 256;

/** A set of states of a search, one bit each. A state is an instruction of a program at a position of a text. */
export class SearchStates {
  /** Words of 32 bits for one position. */
  private readonly words: number;
  private readonly blocks = new Map<number, Uint32Array>();
  private lastBlock = -1;
  private lastBits: Uint32Array | undefined;
  /** Number of blocks that were freed. */
  private freed = 0;

  constructor(instructions: number) {
    this.words = Math.ceil(instructions / 32);
  }

  /** Adds a state. @returns whether it is new */
  add(instruction: number, position: number): boolean {
    const block = Math.floor(position / BLOCK);
    const bits = block === this.lastBlock ? this.lastBits! : this.bitsOf(block);
    const word = (position % BLOCK) * this.words + (instruction >> 5);
    const bit = 1 << (instruction & 31);
    if ((bits[word]! & bit) !== 0) return false;
    bits[word]! |= bit;
    return true;
  }

  has(instruction: number, position: number): boolean {
    const bits = this.bitsOf(Math.floor(position / BLOCK));
    return (bits[(position % BLOCK) * this.words + (instruction >> 5)]! & (1 << (instruction & 31))) !== 0;
  }

  /** Frees the blocks before a position, which no later search needs. */
  forgetBefore(position: number): void {
    const block = Math.floor(position / BLOCK);
    while (this.freed < block) this.blocks.delete(this.freed++);
  }

  /** Removes all states at a position. */
  forgetAt(position: number): void {
    const start = (position % BLOCK) * this.words;
    this.bitsOf(Math.floor(position / BLOCK)).fill(0, start, start + this.words);
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
