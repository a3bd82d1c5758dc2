import { runSteps } from "../steps/run-steps.js";
import type { Steps } from "../steps/steps.js";
import { categoryRanges } from "./category-ranges.js";
import { parseRanges } from "./code-point-ranges.js";
import { OVERLOOKED } from "./generated/code-point-ranges.js";
import { hasBoundaryBefore } from "./has-boundary-before.js";
import { normalizeMarks, type UnicodeForm } from "./normalize-marks.js";
import { rangesClass } from "./ranges-pattern.js";

export type { UnicodeForm } from "./normalize-marks.js";

/** V8 sorts a run of marks in quadratic time: it takes tens of microseconds for a run of this length. */
const MIN_MARKS = 256;
/** Marks, and the letters that NFKC and NFKD turn into marks. */
const LONG_RUN_OF_MARKS = new RegExp(`[\\p{M}\\uff9e\\uff9f]{${MIN_MARKS},}`, "gu");

interface LaterPatterns {
  readonly has: RegExp;
  readonly between: RegExp;
}

/** Created on first use, not at import: it takes some milliseconds. */
let later: LaterPatterns | undefined;

/** Patterns of characters that are newer than the Unicode version of `tokenizers`. They stay as they are, and nothing is sorted or composed across them. */
function laterPatterns(): LaterPatterns {
  if (!later) {
    const ranges = rangesClass([...categoryRanges("Cn"), ...parseRanges(OVERLOOKED)]);
    later = { has: new RegExp(`[${ranges}]`, "u"), between: new RegExp(`[^${ranges}]+`, "gu") };
  }
  return later;
}

/**
 * Normalizes a text to a Unicode form as `tokenizers` does, on every version of Node. Unicode guarantees that characters of the
 * version that `tokenizers` has normalize the same in all later versions; newer characters stay as they are.
 */
export function unicodeForm(text: string, form: UnicodeForm): string {
  if (text.length >= MIN_MARKS) return runSteps(unicodeFormInSteps(text, form));
  const { has, between } = laterPatterns();
  return has.test(text) ? text.replace(between, (stretch) => stretch.normalize(form)) : text.normalize(form);
}

/** UTF-16 units that V8 normalizes at a time. */
const PART = 4096;

/** {@link unicodeForm} for a long text. Takes linear time even if the text consists only of marks. */
export function* unicodeFormInSteps(text: string, form: UnicodeForm): Steps<string> {
  let result = "";
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + PART);
    while (end < text.length && end > start && !hasBoundaryBefore(text, end)) end--;
    if (end > start) result += partForm(text.slice(start, end), form);
    else {
      // The part consists only of marks.
      for (end = start + PART; end < text.length && !hasBoundaryBefore(text, end); ) end++;
      result += yield* normalizeMarks(text.slice(start, end), form, isLater);
    }
    yield;
    start = end;
  }
  return result;
}

function partForm(text: string, form: UnicodeForm): string {
  const { has, between } = laterPatterns();
  if (!has.test(text)) return stretchForm(text, form);
  return text.replace(between, (stretch) => stretchForm(stretch, form));
}

/** A stretch without later characters. */
function stretchForm(text: string, form: UnicodeForm): string {
  if (text.length < MIN_MARKS) return text.normalize(form);
  let result = "";
  let done = 0;
  for (const { 0: run, index } of text.matchAll(LONG_RUN_OF_MARKS)) {
    let base = Math.max(done, index - 1);
    while (base > done && !hasBoundaryBefore(text, base)) base--;
    result += text.slice(done, base).normalize(form);
    done = index + run.length;
    result += runSteps(normalizeMarks(text.slice(base, done), form));
  }
  return done === 0 ? text.normalize(form) : result + text.slice(done).normalize(form);
}

function isLater(character: string): boolean {
  return laterPatterns().has.test(character);
}
