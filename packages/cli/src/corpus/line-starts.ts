/** Where the lines of a text begin. Lines are counted from 1, positions from 0. */
export class LineStarts {
  readonly #starts: number[] = [0];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1))
      this.#starts.push(end + 1);
  }

  /** Number of lines in the text. */
  get count(): number {
    return this.#starts.length;
  }

  /** Returns where a line begins; for a line after the last one, where the text ends. */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? this.#length;
  }

  /** Returns the line of a position. */
  lineOf(index: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= index) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
