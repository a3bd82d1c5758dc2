import { MAX_BOUNDED_LENGTH } from "./is-linear.js";
import { isPairAt, NativeSearch } from "./native-search.js";
import type { PatternSearch } from "./text-pattern.js";

/** UTF-16 units that V8 searches at a time: some milliseconds if they are one match. */
export const WINDOW = 16_384;
/** UTF-16 units around a place that may decide about a match there, runs excepted. */
const ASIDE = 2 * MAX_BOUNDED_LENGTH;

const SPACE = /^\p{White_Space}$/u;
const LETTER = /^[\p{L}\p{M}]$/u;

/**
 * Searches a long text window by window. V8 takes a long run of letters in one go, for longer than the event loop may wait, and gives
 * up once its stack is full. So what may go on behind a window is searched for in steps.
 */
export class WindowedSearch implements PatternSearch {
  start = 0;
  end = 0;
  private from = 0;
  private hasFound = false;
  private windowStart = 0;
  private windowEnd = 0;
  /** A match that ends behind this place may be another one in the whole text. */
  private certain = 0;
  private inWindow: NativeSearch | undefined;
  private inSteps: PatternSearch | undefined;

  /** @param searchInSteps searches the whole text from a place on */
  constructor(
    private readonly regExp: RegExp,
    private readonly text: string,
    private readonly searchInSteps: (from: number) => PatternSearch,
  ) {}

  next(): "found" | "paused" | "done" {
    if (this.inSteps) return this.nextInSteps(this.inSteps);
    this.inWindow ??= this.openWindow();
    const { windowStart, certain } = this;
    const isFound = this.inWindow.next() === "found";
    const start = isFound ? windowStart + this.inWindow.start : certain;
    const end = windowStart + this.inWindow.end;
    if (isFound && end <= certain) return this.found(start, end);
    this.inWindow = undefined;
    if (certain >= this.text.length) return "done";
    // Up to there, nothing has been found.
    let from = Math.min(start, certain);
    if (isPairAt(this.text, from - 1)) from--;
    if (from > this.from) this.from = from;
    else this.inSteps = this.searchInSteps(this.from);
    return "paused";
  }

  private nextInSteps(search: PatternSearch): "found" | "paused" | "done" {
    const found = search.next();
    if (found !== "found") return found;
    if (search.end > this.windowEnd) this.inSteps = undefined;
    return this.found(search.start, search.end);
  }

  private found(start: number, end: number): "found" | "paused" {
    const touches = start === end && end === this.end && this.hasFound;
    this.hasFound = true;
    this.start = start;
    this.end = end;
    this.from = end > start ? end : end + (isPairAt(this.text, end) ? 2 : 1);
    // As in Oniguruma's iterator, no empty match touches the match before.
    return touches ? "paused" : "found";
  }

  /** Opens the window in which the search goes on, with some text in front of it. */
  private openWindow(): NativeSearch {
    const { text, from } = this;
    let base = Math.max(0, from - ASIDE);
    if (isPairAt(text, base - 1)) base--;
    this.windowStart = base;
    this.windowEnd = Math.min(text.length, from + WINDOW);
    const isLast = this.windowEnd === text.length;
    this.certain = isLast ? text.length : this.lastRun() - ASIDE;
    return new NativeSearch(this.regExp, text.slice(base, this.windowEnd), from - base);
  }

  /** Where the run of letters or of white space starts that the window ends in. */
  private lastRun(): number {
    const { text, from } = this;
    let start = this.windowEnd;
    for (const kind of [SPACE, LETTER]) {
      let at = this.windowEnd;
      while (at > from) {
        const before = isPairAt(text, at - 2) ? at - 2 : at - 1;
        // Half of a character that the window cuts belongs to any run.
        if (!kind.test(text.slice(before, at)) && !isPairAt(text, before)) break;
        at = before;
      }
      start = Math.min(start, at);
    }
    return start;
  }
}
