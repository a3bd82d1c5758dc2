import { checkBytes, InvalidOptionError } from "@secondpass/core";

/** All bytes as one new array. @throws InvalidOptionError if `pieces` is not an array of Uint8Arrays */
export function concatBytes(pieces: readonly Uint8Array[]): Uint8Array {
  if (!Array.isArray(pieces)) throw new InvalidOptionError("pieces", "an array of Uint8Arrays", pieces);
  for (const [i, piece] of pieces.entries()) checkBytes(`pieces[${i}]`, piece);
  const bytes = new Uint8Array(pieces.reduce((total, piece) => total + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
