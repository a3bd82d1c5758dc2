/** Sets a bit of a bitmap; bits are counted from the lowest of the first byte. */
export function setBit(bitmap: Uint8Array, bit: number): void {
  bitmap[bit >>> 3]! |= 1 << (bit & 7);
}
