import type { PatternSearch } from "./text-pattern.js";

/** Searches a text with a RegExp that has the flags "gu". */
export class NativeSearch implements PatternSearch {
  start = 0;
  end = 0;
  private lastEnd = -1;

  constructor(
    private readonly regExp: RegExp,
    private readonly text: string,
    private from = 0,
  ) {}

  next(): "found" | "done" {
    const { regExp, text } = this;
    for (;;) {
      if (this.from > text.length) return "done";
      // Searches in several texts may use the RegExp in turn.
      regExp.lastIndex = this.from;
      const match = regExp.exec(text);
      regExp.lastIndex = 0;
      if (match === null) {
        this.from = text.length + 1;
        return "done";
      }
      const start = match.index;
      const end = start + match[0].length;
      const isEmpty = end === start;
      this.from = isEmpty ? end + (isPairAt(text, end) ? 2 : 1) : end;
      // As in Oniguruma's iterator, an empty match that touches the match before does not count. V8 finds some between the halves of a surrogate pair.
      if (isEmpty && (end === this.lastEnd || isPairAt(text, start - 1))) continue;
      this.start = start;
      this.end = end;
      this.lastEnd = end;
      return "found";
    }
  }
}

/** Whether a character of two UTF-16 units is at a place. */
export function isPairAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (!(unit >= 0xd800 && unit <= 0xdbff)) return false;
  const next = text.charCodeAt(at + 1);
  return next >= 0xdc00 && next <= 0xdfff;
}
