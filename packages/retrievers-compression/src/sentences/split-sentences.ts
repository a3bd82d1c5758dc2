import { InvalidOptionError, workSlices } from "@secondpass/core";
import { MAX_SENTENCE, proseSentences } from "./prose-sentences.js";
import { textBlocks } from "./text-blocks.js";

/** A sentence of a text, or a similar part such as a heading: `text.slice(start, end)`, in UTF-16 units. */
export interface LocatedSentence {
  readonly start: number;
  readonly end: number;
  /** Whether it is a heading. */
  readonly isHeading: boolean;
}

const LINE_BREAK = /[\n\r\u2028\u2029]/g;
/** A line break inside a sentence, with the space and quote marks after it. */
const LINE_WRAP = /[\n\r\u2028\u2029]+[ \t>]*/g;
/** Closing marks of a heading: "## Name ##". */
const CLOSING_MARKS = /[ \t]#+[ \t]*$/;
const HAS_WORD = /[\p{L}\p{N}]/u;

/**
 * Splits a plain or Markdown text into sentences, in order, without the space around them. A list item or a table row has its own sentences; code between
 * two blank lines counts as one. Sentences longer than 2,000 UTF-16 units are cut between words. Parts without letters and digits are left out.
 * Long texts are split in slices of a few milliseconds.
 * @param segmenter splits into sentences; see {@link sentenceSegmenter}
 * @throws the signal's reason if it aborts
 */
export async function splitSentences(
  text: string,
  segmenter: Intl.Segmenter,
  signal?: AbortSignal,
): Promise<LocatedSentence[]> {
  const slices = workSlices(signal);
  const sentences: LocatedSentence[] = [];
  const add = (from: number, to: number, isHeading: boolean) => {
    const part = text.slice(from, to);
    if (!HAS_WORD.test(part)) return;
    const start = from + (part.length - part.trimStart().length);
    sentences.push({ start, end: from + part.trimEnd().length, isHeading });
  };
  for (const found of textBlocks(text)) {
    if (slices.due()) await slices.pause();
    if (found === undefined) continue;
    const { start, end, kind } = found;
    const block = text.slice(start, end).replace(LINE_BREAK, " ");
    if (kind === "heading" && block.length <= MAX_SENTENCE) {
      add(start, start + block.replace(CLOSING_MARKS, "").length, true);
      continue;
    }
    let from = 0;
    // Punctuation in code does not end a sentence.
    for (const to of proseSentences(block, kind === "code" ? undefined : segmenter)) {
      add(start + from, start + to, false);
      from = to;
      if (slices.due()) await slices.pause();
    }
  }
  return sentences;
}

/** The text of a sentence for a model, on one line. */
export function sentenceText(text: string, { start, end }: Pick<LocatedSentence, "start" | "end">): string {
  return text.slice(start, end).replace(LINE_WRAP, " ");
}

/** @throws {InvalidOptionError} if the language is not a BCP 47 tag */
export function sentenceSegmenter(language: string | undefined): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language, { granularity: "sentence" });
  } catch {
    throw new InvalidOptionError("language", 'a BCP 47 language tag such as "ko"', language);
  }
}
