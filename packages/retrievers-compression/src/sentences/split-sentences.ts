import { InvalidOptionError, workSlices } from "@secondpass/core";
import { MAX_SENTENCE, proseSentences } from "./prose-sentences.js";
import { textBlocks } from "./text-blocks.js";

/** A sentence of a text, or what stands for one: `text.slice(start, end)`, in UTF-16 units. */
export interface LocatedSentence {
  readonly start: number;
  readonly end: number;
  /** Whether it is a heading, which names what the sentences below it say. */
  readonly isHeading: boolean;
}

const LINE_BREAK = /[\n\r\u2028\u2029]/g;
/** A line break inside a sentence, and what is around it. */
const TURN = /[\n\r\u2028\u2029]+[ \t>]*/g;
/** What may close a heading: "## Name ##". */
const CLOSING_MARKS = /[ \t]#+[ \t]*$/;
const HAS_WORD = /[\p{L}\p{N}]/u;

/**
 * The sentences of a plain or Markdown text, in their order, without the space around them. A list item or a table row has its own sentences; code between
 * two blank lines counts as one. Sentences longer than 2,000 UTF-16 units are cut between words. What contains neither letter nor digit is left out.
 * Long texts are split in slices of a few milliseconds.
 * @param segmenter splits by sentences; see {@link sentenceSegmenter}
 * @throws the signal's reason, once it is aborted
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
    // Punctuation of code ends no sentence.
    for (const to of proseSentences(block, kind === "code" ? undefined : segmenter)) {
      add(start + from, start + to, false);
      from = to;
      if (slices.due()) await slices.pause();
    }
  }
  return sentences;
}

/** What a model reads of a sentence: it, on one line. */
export function sentenceText(text: string, { start, end }: Pick<LocatedSentence, "start" | "end">): string {
  return text.slice(start, end).replace(TURN, " ");
}

/** @throws {InvalidOptionError} if the language is not a BCP 47 tag */
export function sentenceSegmenter(language: string | undefined): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language, { granularity: "sentence" });
  } catch {
    throw new InvalidOptionError("language", 'a BCP 47 language tag such as "ko"', language);
  }
}
