import type { Separator } from "./separator.js";

/** Fewer texts than this are sooner looked for one by one. */
const WORTH_AN_EXPRESSION = 3;

/**
 * The separators of a splitter, the most important first. A language begins with a row of some ten keywords, most of which do not
 * occur in most passages: expressions for many of them at once find the most important one in one walk over the passage.
 */
export class SeparatorList {
  /** By the number of a row's first separator: where the row ends. */
  readonly #rowEnds = new Map<number, number>();
  /** By "start-end": an expression that matches any of those separators, of several at one place the most important. */
  readonly #expressions = new Map<string, RegExp>();

  constructor(private readonly separators: readonly Separator[]) {}

  get length(): number {
    return this.separators.length;
  }

  /** The separator with a number; the last one for a number beyond. */
  at(index: number): Separator {
    return this.separators[Math.min(index, this.length - 1)]!;
  }

  /** Number of the first separator, from `index` on, that occurs in the passage; the number of separators if none does. */
  firstIn(passage: string, index: number): number {
    const rowEnd = this.#rowEnd(index);
    const inRow = this.#firstInRow(passage, index, rowEnd);
    return inRow < rowEnd ? inRow : this.#firstOneByOne(passage, rowEnd, this.length);
  }

  /**
   * The same among the separators from `start` to `end`. When one is found, only those before it in the list are still of interest,
   * and only further on in the passage: up to there the expression has looked for them too.
   */
  #firstInRow(passage: string, start: number, end: number): number {
    let first = end;
    let from = 0;
    while (first - start >= WORTH_AN_EXPRESSION) {
      const anyBefore = this.#expression(start, first);
      anyBefore.lastIndex = from;
      const match = anyBefore.exec(passage);
      if (match === null) return first;
      first = start;
      while (this.separators[first]!.literal !== match[0]) first++;
      from = match.index + 1;
    }
    return this.#firstOneByOne(passage, start, first);
  }

  #firstOneByOne(passage: string, start: number, end: number): number {
    let first = start;
    while (first < end && !this.separators[first]!.occursIn(passage)) first++;
    return first;
  }

  #expression(start: number, end: number): RegExp {
    const key = `${start}-${end}`;
    let expression = this.#expressions.get(key);
    if (expression === undefined) {
      const escaped = this.separators
        .slice(start, end)
        .map(({ literal }) => literal!.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
      expression = new RegExp(escaped.join("|"), "g");
      this.#expressions.set(key, expression);
    }
    return expression;
  }

  /** A row is of literal separators that are not blank, since blank ones occur nearly everywhere. */
  #rowEnd(start: number): number {
    let end = this.#rowEnds.get(start);
    if (end === undefined) {
      end = start;
      while (end < this.length && /\S/.test(this.separators[end]!.literal ?? "")) end++;
      this.#rowEnds.set(start, end);
    }
    return end;
  }
}
