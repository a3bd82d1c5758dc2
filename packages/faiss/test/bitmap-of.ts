/** A bitmap over positions 0…count-1 with the given positions set. */
export function bitmapOf(count: number, positions: Iterable<number>): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(count / 8));
  for (const position of positions) bitmap[position >>> 3]! |= 1 << (position & 7);
  return bitmap;
}
