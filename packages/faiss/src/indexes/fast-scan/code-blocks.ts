import type { WorkSlices } from "@secondpass/core";

/**
 * faiss's fast-scan arrangement of 4-bit codes: blocks of vectors, pair by pair of parts, so that vector registers take in 32 vectors
 * at a time. Here codes are one after the other.
 */
export interface CodeBlocks {
  /** Vectors of a block, a multiple of 32. */
  readonly blockSize: number;
  /** Bytes of a code: two parts each. */
  readonly codeSize: number;
}

/** Larger blocks than any index has are signs of damage. */
export const MAX_BLOCK_SIZE = 1 << 16;

/** Bytes that blocks of `count` vectors take. */
export function blocksBytes(count: number, blocks: CodeBlocks): number {
  return Math.ceil(count / blocks.blockSize) * blocks.blockSize * blocks.codeSize;
}

/** Copies the codes of the first `count` vectors out of blocks. */
export async function unpackBlocks(
  packed: Uint8Array,
  count: number,
  blocks: CodeBlocks,
  slices: WorkSlices,
): Promise<Uint8Array> {
  const { codeSize, blockSize } = blocks;
  const codes = new Uint8Array(count * codeSize);
  for (let row = 0; row < count; row++) {
    const place = placeIn(blocks, row);
    const shift = shiftOf(row % blockSize);
    for (let pair = 0; pair < codeSize; pair++) {
      const at = place + pair * blockSize;
      codes[row * codeSize + pair] =
        ((packed[at]! >> shift) & 15) | (((packed[at + 16]! >> shift) & 15) << 4);
    }
    if (slices.due()) await slices.pause();
  }
  return codes;
}

/** Blocks of `count` codes; what is beyond the last code stays 0. */
export async function packBlocks(
  codes: Uint8Array,
  count: number,
  blocks: CodeBlocks,
  slices: WorkSlices,
): Promise<Uint8Array> {
  const { codeSize, blockSize } = blocks;
  const packed = new Uint8Array(blocksBytes(count, blocks));
  for (let row = 0; row < count; row++) {
    const place = placeIn(blocks, row);
    const shift = shiftOf(row % blockSize);
    for (let pair = 0; pair < codeSize; pair++) {
      const at = place + pair * blockSize;
      const code = codes[row * codeSize + pair]!;
      packed[at]! |= (code & 15) << shift;
      packed[at + 16]! |= (code >> 4) << shift;
    }
    if (slices.due()) await slices.pause();
  }
  return packed;
}

/** Where the first part of a vector's first pair is; the second is 16 bytes behind, the next pair `blockSize`. */
function placeIn(blocks: CodeBlocks, row: number): number {
  const { blockSize, codeSize } = blocks;
  const inBlock = row % blockSize;
  const lane = inBlock & 15;
  // Vectors 0 to 7 of 16 are at even places, 8 to 15 at odd ones.
  return (
    Math.floor(row / blockSize) * blockSize * codeSize + (inBlock >> 5) * 32 + ((lane & 7) << 1) + (lane >> 3)
  );
}

/** Of 32 vectors the first half has the low bits. */
function shiftOf(inBlock: number): number {
  return (inBlock & 16) >> 2;
}
