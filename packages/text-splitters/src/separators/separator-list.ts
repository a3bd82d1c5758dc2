import type { Separator } from "./separator.js";

/** For fewer separators than this, searching for one after the other is faster. */
const WORTH_AN_EXPRESSION = 3;

/**
 * The separators of a splitter, the most important first. A language's list begins with about ten keywords, most of which do not
 * occur in most passages. So one expression searches for several of them, and finds the most important one in one pass.
 */
export class SeparatorList {
  /** End of each row, by the number of its first separator. */
  readonly #rowEnds = new Map<number, number>();
  /** Expressions by "start-end": each matches any of those separators, and at one position the most important one. */
  readonly #expressions = new Map<string, RegExp>();

  constructor(private readonly separators: readonly Separator[]) {}

  get length(): number {
    return this.separators.length;
  }

  /** The separator with this number, or the last one. */
  at(index: number): Separator {
    return this.separators[Math.min(index, this.length - 1)]!;
  }

  /** Number of the first separator, from `index` on, that occurs in the passage; if none does, the length of the list. */
  firstIn(passage: string, index: number): number {
    const rowEnd = this.#rowEnd(index);
    const inRow = this.#firstInRow(passage, index, rowEnd);
    return inRow < rowEnd ? inRow : this.#firstOneByOne(passage, rowEnd, this.length);
  }

  /**
   * The same for the separators from `start` to `end`. After a match, only separators before it in the list can be better, and only
   * later in the passage, because the expression has already searched the part before for them.
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

  /** End of the row that starts at a number. A row has literal separators that are not blank, because blank ones occur almost everywhere. */
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
