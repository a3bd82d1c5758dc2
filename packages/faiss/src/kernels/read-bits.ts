/**
 * Reads a number from a code. Codes are packed from the lowest bit of the first byte up.
 * @param start first byte of the code
 * @param bit first bit of the number, counted from there
 * @param bits number of bits, at most 16
 */
export function readBits(codes: Uint8Array, start: number, bit: number, bits: number): number {
  const at = start + (bit >>> 3);
  const window = codes[at]! | ((codes[at + 1] ?? 0) << 8) | ((codes[at + 2] ?? 0) << 16);
  return (window >>> (bit & 7)) & ((1 << bits) - 1);
}

/** Writes a number as `readBits` reads it. Its bits must be 0 before. */
export function writeBits(code: Uint8Array, bit: number, bits: number, value: number): void {
  let shifted = value << (bit & 7);
  for (let at = bit >>> 3; shifted !== 0 && bits > 0; at++, shifted >>>= 8) code[at]! |= shifted & 255;
}
