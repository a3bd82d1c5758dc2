import { MAX_BOUNDED_LENGTH } from "./is-linear.js";
import { isPairAt, NativeSearch } from "./native-search.js";
import type { PatternSearch } from "./text-pattern.js";

/** UTF-16 units that V8 searches at a time: some milliseconds if they are one match. */
export const WINDOW = 16_384;
/** UTF-16 units around a place that may affect a match there, except for runs. */
const ASIDE = 2 * MAX_BOUNDED_LENGTH;

const SPACE = /^\p{White_Space}$/u;
const LETTER = /^[\p{L}\p{M}]$/u;

/**
 * Searches a long text window by window. V8 matches a long run of letters in one call: this blocks the event loop for too long, and
 * fails when V8's stack is full. So a match that may continue after a window is searched for in steps.
 */
export class WindowedSearch implements PatternSearch {
  start = 0;
  end = 0;
  private from = 0;
  private hasFound = false;
  private windowStart = 0;
  private windowEnd = 0;
  /** A match that ends after this place may be different in the whole text. */
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
    // There is no match before this place.
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
    // As in Oniguruma's iterator, an empty match that touches the match before does not count.
    return touches ? "paused" : "found";
  }

  /** Opens the window where the search continues, with some text before it. */
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

  /** Start of the run of letters or of white space at the end of the window. */
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
