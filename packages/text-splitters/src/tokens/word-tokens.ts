import { workSlices } from "@secondpass/core";
import { PYTHON_SPACE } from "../python/python-space.js";
import type { ResolvedEncoder } from "./resolve-tokenizer.js";

/** Positions of the words that tokens belong to. */
export interface WordTokens {
  /** Start of the word that the token is (part) of. */
  startOf(token: number): number;
  /** End of the word that the token is (part) of. */
  endOf(token: number): number;
}

/** A word. Whitespace is as in tokenizers written in Python and Rust, which do not include U+FEFF. */
const WORD = new RegExp(`[^${PYTHON_SPACE}]+`, "gu");

/** Maximum number of consecutive words with other tokens alone than in the text; after them, the search for a matching word ends. */
const MAX_LOST_WORDS = 64;
/** Number of tokens that the search covers. */
const SEARCHED_TOKENS = 1024;

interface Word {
  readonly start: number;
  readonly end: number;
  readonly ids: readonly number[];
}

/**
 * Finds the word of each token, by encoding word by word. A word may have other tokens alone than in the text; then positions are
 * estimated from there to the next two words that have the same tokens alone. For a tokenizer that does not work word by word, they are
 * estimated to the end.
 */
export async function wordTokens(
  text: string,
  ids: readonly number[],
  encoder: ResolvedEncoder,
): Promise<WordTokens> {
  const starts: number[] = [];
  const ends: number[] = [];
  const slices = workSlices();
  const add = (word: Word) => {
    for (let i = 0; i < word.ids.length; i++) {
      starts.push(word.start);
      ends.push(word.end);
    }
  };
  /** Spreads the tokens up to a number evenly over a range. */
  const estimate = (next: number, start: number, end: number) => {
    const count = next - starts.length;
    for (let i = 0; i < count; i++) {
      starts.push(start + Math.round((i / count) * (end - start)));
      ends.push(start + Math.round(((i + 1) / count) * (end - start)));
    }
  };
  let lost: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    const [start, end] = [match.index, match.index + match[0].length];
    const word = { start, end, ids: await encoder.encode(match[0]) };
    if (slices.due()) await slices.pause();
    if (lost.length === 0 && isAt(ids, word.ids, starts.length)) {
      add(word);
      continue;
    }
    const before = lost.at(-1);
    lost.push(word);
    if (lost.length > MAX_LOST_WORDS) break;
    if (before === undefined) continue;
    const found = find(ids, [...before.ids, ...word.ids], starts.length);
    if (found === undefined) continue;
    estimate(found, lost[0]!.start, before.start);
    add(before);
    add(word);
    lost = [];
  }
  estimate(ids.length, lost[0]?.start ?? text.length, text.length);
  return { startOf: (token) => starts[token]!, endOf: (token) => ends[token]! };
}

function isAt(ids: readonly number[], part: readonly number[], index: number): boolean {
  return part.every((id, i) => ids[index + i] === id);
}

/** Next position of the ids; undefined if they are not among the next {@link SEARCHED_TOKENS}. */
function find(ids: readonly number[], part: readonly number[], from: number): number | undefined {
  const last = Math.min(ids.length - part.length, from + SEARCHED_TOKENS);
  for (let index = from; index <= last; index++) if (isAt(ids, part, index)) return index;
  return undefined;
}
