/**
 * faiss's fast-scan arrangement of 4-bit codes: blocks of vectors, pair by pair of parts, so that vector registers take in 32 vectors
 * at a time. Here codes are one after the other.
 */
export interface CodeBlocks {
  /** Vectors of a block, a multiple of 32. */
  readonly blockSize: number;
  /** Bytes of a code: two parts each. */
  readonly codeSize: number;
  /** Bytes of a block after its codes: what else its vectors have. @default 0 */
  readonly tailSize?: number;
}

/** Larger blocks than any index has are signs of damage. */
export const MAX_BLOCK_SIZE = 1 << 16;

/** Bytes of a block with its tail. */
function blockBytes({ blockSize, codeSize, tailSize = 0 }: CodeBlocks): number {
  return blockSize * codeSize + tailSize;
}

/** Bytes that blocks of `count` vectors take. */
export function blocksBytes(count: number, blocks: CodeBlocks): number {
  return Math.ceil(count / blocks.blockSize) * blockBytes(blocks);
}

/** Copies the codes of the first `count` vectors out of blocks. */
export function unpackBlocks(packed: Uint8Array, count: number, blocks: CodeBlocks): Uint8Array {
  const { codeSize } = blocks;
  const codes = new Uint8Array(count * codeSize);
  for (let row = 0; row < count; row++) {
    const { shift, at } = placeIn(blocks, row);
    for (let pair = 0; pair < codeSize; pair++) {
      const low = packed[at(pair)]! >> shift;
      const high = packed[at(pair) + 16]! >> shift;
      codes[row * codeSize + pair] = (low & 15) | ((high & 15) << 4);
    }
  }
  return codes;
}

/** Blocks of `count` codes; tails and what is beyond the last code stay 0. */
export function packBlocks(codes: Uint8Array, count: number, blocks: CodeBlocks): Uint8Array {
  const { codeSize } = blocks;
  const packed = new Uint8Array(blocksBytes(count, blocks));
  for (let row = 0; row < count; row++) {
    const { shift, at } = placeIn(blocks, row);
    for (let pair = 0; pair < codeSize; pair++) {
      const code = codes[row * codeSize + pair]!;
      packed[at(pair)]! |= (code & 15) << shift;
      packed[at(pair) + 16]! |= (code >> 4) << shift;
    }
  }
  return packed;
}

/** Where the first part of each pair of a vector is; the second is 16 bytes behind. */
function placeIn(blocks: CodeBlocks, row: number): { shift: number; at: (pair: number) => number } {
  const { blockSize } = blocks;
  const block = Math.floor(row / blockSize) * blockBytes(blocks);
  const inBlock = row % blockSize;
  // Of 32 vectors the first half has the low bits; vectors 0 to 7 are at even places, 8 to 15 at odd ones.
  const lane = inBlock & 15;
  const place = block + (inBlock >> 5) * 32 + ((lane & 7) << 1) + (lane >> 3);
  return { shift: (inBlock & 16) >> 2, at: (pair) => place + pair * blockSize };
}
