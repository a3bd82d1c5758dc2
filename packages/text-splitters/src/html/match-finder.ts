/** Finds matches of an expression in a text. Remembers the last one, so that asking in ascending order costs one walk over the text. */
export class MatchFinder {
  #from = 0;
  #found: { readonly start: number; readonly end: number } | undefined;
  #asked = false;

  /** @param expression with the flag "g"; one that does not look behind */
  constructor(
    private readonly text: string,
    private readonly expression: RegExp,
  ) {}

  /** The first match at `from` or later. */
  next(from: number): { readonly start: number; readonly end: number } | undefined {
    const known =
      this.#asked && from >= this.#from && (this.#found?.start ?? Number.POSITIVE_INFINITY) >= from;
    if (known) return this.#found;
    this.expression.lastIndex = from;
    const match = this.expression.exec(this.text);
    this.#asked = true;
    this.#from = from;
    this.#found = match === null ? undefined : { start: match.index, end: match.index + match[0].length };
    return this.#found;
  }
}
