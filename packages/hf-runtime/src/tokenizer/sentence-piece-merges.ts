import { workSlices } from "@secondpass/core";

/** Longer pieces are skipped: no BPE model has them, and the search for their parts would take quadratic time. */
const MAX_CHARACTERS = 256;

interface Merge {
  readonly pair: readonly [left: string, right: string];
  /** Id of the piece that it makes. */
  readonly rank: number;
}

/**
 * The merges that make the pieces of a vocabulary: every two pieces that together spell a third one. The order is that of transformers: by
 * the id of the third piece, then by the length of the left one.
 */
export async function sentencePieceMerges(
  vocab: ReadonlyMap<string, number>,
): Promise<readonly (readonly [left: string, right: string])[]> {
  const merges: Merge[] = [];
  const slices = workSlices();
  let seen = 0;
  for (const [piece, rank] of vocab) {
    if (++seen % 256 === 0 && slices.due()) await slices.pause();
    const characters = piece.length > MAX_CHARACTERS ? [] : [...piece];
    let at = 0;
    for (const character of characters.slice(0, -1)) {
      at += character.length;
      const left = piece.slice(0, at);
      if (!vocab.has(left)) continue;
      const right = piece.slice(at);
      if (vocab.has(right)) merges.push({ pair: [left, right], rank });
    }
  }
  merges.sort((a, b) => a.rank - b.rank);
  return merges.map(({ pair }) => pair);
}
