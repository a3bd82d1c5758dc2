/** A document of an index and its score. */
export type Found = readonly [slot: number, score: number];

/** Keeps the k best of many documents. Of equal scores the lower slot is better: the document that was added first. */
export class BestDocuments {
  /** A heap with the worst on top. */
  readonly #found: Found[] = [];

  /** @param k how many, at least 1; Infinity keeps all */
  constructor(readonly k: number) {}

  /** Whether a document would be kept. */
  wouldKeep(slot: number, score: number): boolean {
    const worst = this.#found[0];
    return this.#found.length < this.k || worst === undefined || isWorse(worst, [slot, score]);
  }

  keep(slot: number, score: number): void {
    const found: Found = [slot, score];
    if (this.#found.length < this.k) this.#up(found, this.#found.length);
    else this.#down(found);
  }

  /** Best first. */
  sorted(): Found[] {
    return this.#found.toSorted((a, b) => (isWorse(a, b) ? 1 : -1));
  }

  #up(found: Found, end: number): void {
    let at = end;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (!isWorse(found, this.#found[parent]!)) break;
      this.#found[at] = this.#found[parent]!;
      at = parent;
    }
    this.#found[at] = found;
  }

  #down(found: Found): void {
    const { length } = this.#found;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= length) break;
      if (child + 1 < length && isWorse(this.#found[child + 1]!, this.#found[child]!)) child++;
      if (!isWorse(this.#found[child]!, found)) break;
      this.#found[at] = this.#found[child]!;
      at = child;
    }
    this.#found[at] = found;
  }
}

function isWorse([slot, score]: Found, [otherSlot, otherScore]: Found): boolean {
  return score < otherScore || (score === otherScore && slot > otherSlot);
}
