/** Part of a window that the next one repeats, so that a passage at a cut is whole in one of them. */
const OVERLAP = 0.25;

/** First guess at a window's length, as a part of what the text's average of characters a token promises. */
const CAUTION = 0.95;

/** How much shorter each next guess is. */
const SHRINK = 0.9;

/** How a text is measured. */
export interface WindowLimits {
  /** Tokens of a text, the query and the special tokens counted. */
  readonly countTokens: (text: string) => number;
  /** Most tokens that fit. */
  readonly maxTokens: number;
}

/**
 * Cuts a long text into overlapping windows that each fit a token limit, between words where there are any and never
 * through a surrogate pair. Together they cover the text; one that fits is its own only window, and so is one that has no
 * room for a single character.
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

/** The last place at or before `end` that ends a word; `end` itself where no word ends in the second half of the span. */
function wordEnd(text: string, start: number, end: number): number {
  if (end >= text.length) return text.length;
  for (let place = end; place > start + (end - start) / 2; place--) {
    if (/\s/.test(text.charAt(place))) return place;
  }
  const whole = insideSurrogatePair(text, end) ? end - 1 : end;
  return whole > start ? whole : end + 1;
}

/** Where the next window begins: at a word in the overlap, else at its first character. */
function nextStart(text: string, start: number, end: number): number {
  const overlap = end - Math.floor((end - start) * OVERLAP);
  for (let place = overlap; place < end; place++) if (/\s/.test(text.charAt(place))) return place;
  return insideSurrogatePair(text, overlap) ? overlap + 1 : overlap;
}

function insideSurrogatePair(text: string, place: number): boolean {
  return /[\uD800-\uDBFF]/.test(text.charAt(place - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(place));
}
