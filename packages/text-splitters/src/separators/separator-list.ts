import type { Separator } from "./separator.js";

/** Fewer texts than this are sooner looked for one by one. */
const WORTH_AN_EXPRESSION = 3;

/**
 * The separators of a splitter, the most important first. Most separators of a language do not occur in most passages: one expression
 * for a row of them says so in one walk over the passage.
 */
export class SeparatorList {
  /** By the number of the first separator of a row: the row's end, and an expression that matches any of it. */
  readonly #rows = new Map<number, { readonly end: number; readonly any: RegExp } | undefined>();

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
    const row = this.#row(index);
    let next = row !== undefined && !row.any.test(passage) ? row.end : index;
    while (next < this.length && !this.separators[next]!.occursIn(passage)) next++;
    return next;
  }

  #row(start: number) {
    if (!this.#rows.has(start)) this.#rows.set(start, this.#makeRow(start));
    return this.#rows.get(start);
  }

  #makeRow(start: number): { readonly end: number; readonly any: RegExp } | undefined {
    const literals: string[] = [];
    for (const { literal } of this.separators.slice(start)) {
      // Blank ones occur nearly everywhere.
      if (literal === undefined || !/\S/.test(literal)) break;
      literals.push(literal.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
    }
    if (literals.length < WORTH_AN_EXPRESSION) return undefined;
    return { end: start + literals.length, any: new RegExp(literals.join("|")) };
  }
}
