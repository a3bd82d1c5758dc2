import type { AlignedText } from "../alignment/aligned-text.js";
import { alignNormalized } from "../normalizer/align-normalized.js";
import { alignWords } from "../pre-tokenizer/align-words.js";
import type { Steps } from "../steps/steps.js";
import { IS_SPACE } from "../unicode/is-space.js";
import type { Pipeline, SectionOptions } from "./pipeline.js";

/** Ids of tokens, and the part of the text that each covers. */
export interface LocatedIds {
  readonly ids: number[];
  /** [ids] in UTF-16 units of the text */
  readonly starts: number[];
  readonly ends: number[];
  /** [ids] numbers of spaces at the start and at the end of each token's spelling */
  readonly leading: number[];
  readonly trailing: number[];
}

/** Appends a token that covers a part of a text. */
export function pushLocated(
  out: LocatedIds,
  id: number,
  text: AlignedText,
  start: number,
  end: number,
): void {
  const [from, to] = text.range(start, end);
  out.ids.push(id);
  out.starts.push(from);
  out.ends.push(to);
  let first = start;
  while (first < end && isSpace(text.text, first)) first++;
  let last = end;
  while (last > start && isSpace(text.text, last - 1)) last--;
  out.leading.push(first - start);
  out.trailing.push(end - last);
}

/** The character that `toByteLevel` writes for a space. */
const SPACE = 0x120;

function isSpace(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit === SPACE || IS_SPACE[unit] === 1;
}

/** UTF-16 units of words between two pauses. */
const STEP = 512;

/** Appends the ids of a section and their places. The ids are those of {@link Pipeline.encode}, but running stage by stage is slower. */
export function* locateSection(
  pipeline: Pick<Pipeline, "normalize" | "preTokenize" | "model">,
  section: AlignedText,
  out: LocatedIds,
  { isStart, isNormalized, enough }: SectionOptions,
): Steps<void> {
  const text = isNormalized ? section : yield* alignNormalized(pipeline.normalize, section);
  if (text.text === "") return;
  let units = 0;
  for (const word of alignWords(pipeline.preTokenize, text, isStart)) {
    if (out.ids.length >= enough) return;
    if (word.text !== "") {
      for (const { id, start, end } of yield* pipeline.model.locateInSteps(
        word.text,
        enough - out.ids.length,
      )) {
        pushLocated(out, id, word, start, end);
      }
    }
    units += word.text.length + 16;
    if (units < STEP && word.text !== "") continue;
    units = 0;
    yield;
  }
}
