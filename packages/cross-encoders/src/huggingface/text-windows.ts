/** Share of a window that the next one repeats, so that a passage at a cut is complete in one of them. */
const OVERLAP = 0.25;

/** First guess of a window's length, as a share of the length that the text's average characters per token suggest. */
const CAUTION = 0.95;

/** Factor from one guess to the next. */
const SHRINK = 0.9;

/** Measure and limit of windows. */
export interface WindowLimits {
  /** Counts the tokens of a text, including the query and the special tokens. */
  readonly countTokens: (text: string) => number;
  /** Maximum number of tokens in a window. */
  readonly maxTokens: number;
}

/**
 * Splits a long text into overlapping windows that each fit a token limit. It cuts between words if possible, and never inside a
 * surrogate pair. Together the windows cover the text. A text that fits is its only window, and so is a text of which not one
 * character fits.
 */
export function textWindows(text: string, { countTokens, maxTokens }: WindowLimits): string[] {
  const tokens = countTokens(text);
  if (tokens <= maxTokens || text === "") return [text];
  const room = maxTokens - countTokens("");
  const guess = Math.floor(((text.length * room) / (tokens - countTokens(""))) * CAUTION);
  const windows: string[] = [];
  let start = 0;
  while (start < text.length) {
    const least = wordEnd(text, start, start + 1);
    let end = wordEnd(text, start, start + Math.max(1, guess));
    while (countTokens(text.slice(start, end)) > maxTokens) {
      if (end === least) return [text];
      end = wordEnd(text, start, start + Math.max(1, Math.floor((end - start) * SHRINK) - 1));
    }
    windows.push(text.slice(start, end));
    start = end < text.length ? nextStart(text, start, end) : end;
  }
  return windows;
}

/** The last end of a word at or before `end`; `end` itself if no word ends in the second half of the span. */
function wordEnd(text: string, start: number, end: number): number {
  if (end >= text.length) return text.length;
  for (let place = end; place > start + (end - start) / 2; place--) {
    if (/\s/.test(text.charAt(place))) return place;
  }
  const whole = insideSurrogatePair(text, end) ? end - 1 : end;
  return whole > start ? whole : end + 1;
}

/** Start of the next window: at a word in the overlap, else at the overlap's first character. */
function nextStart(text: string, start: number, end: number): number {
  const overlap = end - Math.floor((end - start) * OVERLAP);
  for (let place = overlap; place < end; place++) if (/\s/.test(text.charAt(place))) return place;
  return insideSurrogatePair(text, overlap) ? overlap + 1 : overlap;
}

function insideSurrogatePair(text: string, place: number): boolean {
  return /[\uD800-\uDBFF]/.test(text.charAt(place - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(place));
}
