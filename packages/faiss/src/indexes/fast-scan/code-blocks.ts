import type { WorkSlices } from "@secondpass/core";

/**
 * faiss's fast-scan layout of product-quantization codes, in which each part of a vector has 4 bits. A block has the first two parts of all
 * its vectors, then the next two, and so on, so that a register loads a part of 32 vectors at a time. In memory, our codes are not in blocks:
 * each vector's code is followed by that of the next.
 */
export interface CodeBlocks {
  /** Vectors of a block, a multiple of 32. */
  readonly blockSize: number;
  /** Bytes of a code: two parts each. */
  readonly codeSize: number;
}

/** Limit of a block's size; a larger one is a sign of damage. */
export const MAX_BLOCK_SIZE = 1 << 16;

/** Size of the blocks of `count` vectors, in bytes. */
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
    const offset = offsetOf(blocks, row);
    const shift = shiftOf(row % blockSize);
    for (let pair = 0; pair < codeSize; pair++) {
      const at = offset + pair * blockSize;
      codes[row * codeSize + pair] =
        ((packed[at]! >> shift) & 15) | (((packed[at + 16]! >> shift) & 15) << 4);
    }
    if (slices.due()) await slices.pause();
  }
  return codes;
}

/** Packs `count` codes into blocks; bytes after the last code stay 0. */
export async function packBlocks(
  codes: Uint8Array,
  count: number,
  blocks: CodeBlocks,
  slices: WorkSlices,
): Promise<Uint8Array> {
  const { codeSize, blockSize } = blocks;
  const packed = new Uint8Array(blocksBytes(count, blocks));
  for (let row = 0; row < count; row++) {
    const offset = offsetOf(blocks, row);
    const shift = shiftOf(row % blockSize);
    for (let pair = 0; pair < codeSize; pair++) {
      const at = offset + pair * blockSize;
      const code = codes[row * codeSize + pair]!;
      packed[at]! |= (code & 15) << shift;
      packed[at + 16]! |= (code >> 4) << shift;
    }
    if (slices.due()) await slices.pause();
  }
  return packed;
}

/** Offset of the first part of a vector's first pair; the second part is 16 bytes later, the next pair `blockSize` bytes later. */
function offsetOf(blocks: CodeBlocks, row: number): number {
  const { blockSize, codeSize } = blocks;
  const inBlock = row % blockSize;
  const lane = inBlock & 15;
  // Vectors 0 to 7 of 16 are at even offsets, 8 to 15 at odd ones.
  return (
    Math.floor(row / blockSize) * blockSize * codeSize + (inBlock >> 5) * 32 + ((lane & 7) << 1) + (lane >> 3)
  );
}

/** Shift of a vector's bits: the first half of 32 vectors has the low bits. */
function shiftOf(inBlock: number): number {
  return (inBlock & 16) >> 2;
}
