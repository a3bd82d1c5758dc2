import { MaxLengthError } from "../../errors/max-length-error.js";

/**
 * Number of tokens that are kept of each text, by `tokenizers`' `only_second`. The first text is kept whole, and at least
 * one token of the second must remain.
 * @param room tokens for both texts together, special tokens not counted
 * @param special number of special tokens
 * @throws MaxLengthError if the first text leaves no room for the second
 */
export function onlySecond(
  lengthA: number,
  lengthB: number,
  room: number,
  special: number,
): readonly [keptA: number, keptB: number] {
  if (lengthA + lengthB <= room) return [lengthA, lengthB];
  const keptB = room - lengthA;
  if (keptB <= 0) {
    throw new MaxLengthError(
      room + special,
      special + lengthA,
      `special tokens and the first text, which "only_second" never cuts`,
    );
  }
  return [lengthA, keptB];
}
