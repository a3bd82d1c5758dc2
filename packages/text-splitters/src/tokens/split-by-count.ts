import { type WorkSlices, workSlices } from "@secondpass/core";
import type { LocatedChunk } from "../chunks/located-chunk.js";
import { isPairAt } from "../python/code-point-length.js";
import { skipSpace, skipSpaceBack } from "../python/python-space.js";
import { largestWhere } from "./largest-where.js";
import type { ResolvedCounter } from "./resolve-tokenizer.js";
import type { TokenWindow } from "./split-on-tokens.js";

/** Maximum number of tokens for a UTF-16 unit: a token is at least a byte, and a unit is at most 3 bytes. */
const TOKENS_PER_UNIT = 3;

/**
 * Splits a text into chunks of as many whole words as the limit allows. Each chunk is an exact part of the text, and starts with as many
 * of the last words of the chunk before as the overlap allows. A word that is too long is cut between characters; a character is never cut.
 */
export async function splitByCount(
  text: string,
  counter: ResolvedCounter,
  { tokensPerChunk, chunkOverlap }: TokenWindow,
  stripWhitespace: boolean,
): Promise<LocatedChunk[]> {
  const slices = workSlices();
  const cuts = await findCuts(text, counter, tokensPerChunk, slices);
  const last = cuts.length - 1;
  const chunks: LocatedChunk[] = [];

  /** The range between two cuts, without the whitespace that will be stripped. */
  const range = (from: number, to: number): [number, number] => {
    if (!stripWhitespace) return [cuts[from]!, cuts[to]!];
    const start = skipSpace(text, cuts[from]!, cuts[to]!);
    return [start, skipSpaceBack(text, start, cuts[to]!)];
  };
  const fits = async (from: number, to: number, limit: number): Promise<boolean> => {
    if (slices.due()) await slices.pause();
    return (await counter.count(text.slice(...range(from, to)))) <= limit;
  };

  let guess = 1;
  let from = 0;
  while (from < last) {
    const to = await largestWhere(from + 1, last, from + guess, (cut) => fits(from, cut, tokensPerChunk));
    const [start, end] = range(from, to);
    if (start < end) chunks.push({ text: text.slice(start, end), start, end, exact: true });
    if (to === last) break;
    guess = to - from;
    // The largest number of words, counted backwards from `to`, that fit into the overlap.
    const room = to - from - 1;
    const repeated =
      chunkOverlap === 0 || room === 0
        ? 0
        : await largestWhere(0, room, Math.ceil((guess * chunkOverlap) / tokensPerChunk), (words) =>
            fits(to - words, to, chunkOverlap),
          );
    // The repeated words must leave room for at least one more word, or the next chunk would have nothing new.
    from = to - repeated;
    while (from < to && !(await fits(from, to + 1, tokensPerChunk))) from++;
  }
  return chunks;
}

/** Finds the possible cuts: before each word, at both ends, and between the characters of words that are too long. */
async function findCuts(
  text: string,
  counter: ResolvedCounter,
  limit: number,
  slices: WorkSlices,
): Promise<number[]> {
  const cuts = [0];
  for (const word of text.matchAll(/\S+\s*|\s+/gu)) {
    const long = word[0].length * TOKENS_PER_UNIT > limit && (await counter.count(word[0].trimEnd())) > limit;
    if (long) addCharacters(word[0], word.index, cuts);
    else cuts.push(word.index + word[0].length);
    if (slices.due()) await slices.pause();
  }
  return cuts;
}

function addCharacters(word: string, offset: number, cuts: number[]): void {
  for (let index = 0; index < word.length; index++) {
    if (isPairAt(word, index)) index++;
    cuts.push(offset + index + 1);
  }
}
