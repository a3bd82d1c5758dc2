/**
 * Number of tokens that are kept of each text, by `tokenizers`' `longest_first`. The shorter text is kept whole if it takes at
 * most half of the room. Otherwise both get half, and the longer one gets an odd token.
 * @param room tokens for both texts together, special tokens not counted
 */
export function longestFirst(
  lengthA: number,
  lengthB: number,
  room: number,
): readonly [keptA: number, keptB: number] {
  if (lengthA + lengthB <= room) return [lengthA, lengthB];
  const shorter = Math.min(lengthA, lengthB);
  const half = Math.floor(room / 2);
  const [keptShorter, keptLonger] = shorter <= half ? [shorter, room - shorter] : [half, room - half];
  // Equal lengths: the second text counts as the longer.
  return lengthA > lengthB ? [keptLonger, keptShorter] : [keptShorter, keptLonger];
}
