import type { TextPair } from "@secondpass/core";
import type { LocatedTokens } from "../tokenizer/text-tokenizer.js";

/** A part of a passage that the model reads after the query. */
export interface PassageWindow {
  /** The query, and a text that begins with the part. The tokenizer cuts off what does not fit. */
  readonly pair: TextPair;
  /** Where the part starts and ends in the passage, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** Tokens of the pair's second text. Those that start at `end` or after it belong to the next window. */
  readonly located: LocatedTokens;
}

/** End of a sentence, with closing quotes and brackets. */
const SENTENCE = /[.!?…]["'”’»)\]]*(?=\s)|[。！？]|\n/gu;
const WORD = /\S(?=\s)/gu;
const SPACES = /\s*/y;

/**
 * Splits a passage into consecutive windows, without the spaces between them. Each window is as long as the query leaves room, and ends at the
 * last end of a sentence, or else of a word, in its second half, if there is one. If the passage fits, or if the tokenizer cuts texts at
 * their start, there is one window.
 * @param locate finds the tokens of a pair's second text
 */
export async function passageWindows(
  [query, passage]: TextPair,
  locate: (pair: TextPair) => Promise<LocatedTokens>,
): Promise<readonly PassageWindow[]> {
  const whole = await locate([query, passage]);
  const first: PassageWindow = {
    pair: [query, passage],
    start: 0,
    end: endOf(passage, whole),
    located: whole,
  };
  const windows = [first];
  // Slices are not much longer than the part that is read. Otherwise each window would tokenize the whole rest of the text.
  let size = 2 * first.end + 1;
  for (let start = afterSpaces(passage, first.end); start < passage.length; ) {
    const text = passage.slice(start, wholeCharacters(passage, start + size));
    const located = await locate([query, text]);
    if (located.readEnd >= text.length && start + text.length < passage.length) {
      size *= 2;
      continue;
    }
    if (located.readEnd === 0 || located.readStart > 0) break;
    const end = start + endOf(text, located);
    windows.push({ pair: [query, text], start, end, located });
    start = afterSpaces(passage, end);
  }
  return windows;
}

/** Where a window ends. The text after it is read again in the next window. */
function endOf(text: string, { readStart, readEnd }: LocatedTokens): number {
  if (readStart > 0 || readEnd >= text.length) return text.length;
  const half = Math.floor(readEnd / 2);
  const tail = text.slice(half, readEnd + 1);
  const ends = [SENTENCE, WORD].map((pattern) => {
    const last = [...tail.matchAll(pattern)].at(-1);
    return last && half + last.index + last[0].length;
  });
  return ends.find((end) => end !== undefined && end <= readEnd) ?? readEnd;
}

function afterSpaces(text: string, from: number): number {
  SPACES.lastIndex = from;
  SPACES.test(text);
  return SPACES.lastIndex;
}

/** Moves a position that is inside a surrogate pair to its end. */
function wholeCharacters(text: string, place: number): number {
  const unit = text.charCodeAt(place);
  return unit >= 0xdc00 && unit <= 0xdfff ? place + 1 : place;
}
