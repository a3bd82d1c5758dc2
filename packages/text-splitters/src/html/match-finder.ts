/** Finds matches of an expression in a text. Remembers the last match, so that searches in ascending order need one pass over the text. */
export class MatchFinder {
  #from = 0;
  #found: { readonly start: number; readonly end: number } | undefined;
  #searched = false;

  /** @param expression with the flag "g" and without lookbehind */
  constructor(
    private readonly text: string,
    private readonly expression: RegExp,
  ) {}

  /** The first match at `from` or later. */
  next(from: number): { readonly start: number; readonly end: number } | undefined {
    const known =
      this.#searched && from >= this.#from && (this.#found?.start ?? Number.POSITIVE_INFINITY) >= from;
    if (known) return this.#found;
    this.expression.lastIndex = from;
    const match = this.expression.exec(this.text);
    this.#searched = true;
    this.#from = from;
    this.#found = match === null ? undefined : { start: match.index, end: match.index + match[0].length };
    return this.#found;
  }
}
