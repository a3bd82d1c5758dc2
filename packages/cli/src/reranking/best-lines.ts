/** A line with its score. */
export interface ScoredLine {
  /** Its bytes, unchanged. */
  readonly line: Buffer;
  /** Its place in the input, from 0. */
  readonly index: number;
  readonly score: number;
  readonly text: string;
}

/** Keeps the best of many lines, and little more than the requested number in memory. */
export class BestLines {
  #lines: ScoredLine[] = [];

  constructor(
    readonly topN: number,
    /** Whether lines stay in their order, whatever their scores. */
    readonly keepsOrder: boolean,
  ) {}

  add(lines: readonly ScoredLine[]): void {
    this.#lines.push(...lines);
    if (this.#lines.length >= 2 * this.topN) this.#lines = this.best();
  }

  /** Returns the best lines, best first; equal ones in the order of the input. NaN comes last. */
  best(): ScoredLine[] {
    const worth = ({ score }: ScoredLine) => (Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score);
    const sorted = this.keepsOrder
      ? this.#lines
      : [...this.#lines].sort((a, b) => {
          const [first, second] = [worth(a), worth(b)];
          // The difference of two infinities is NaN.
          return first === second ? a.index - b.index : first > second ? -1 : 1;
        });
    return sorted.slice(0, this.topN);
  }
}
