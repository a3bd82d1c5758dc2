/** A document of an index and its score. */
export type Found = readonly [slot: number, score: number];

/** Keeps the k best of many documents. For equal scores the lower slot is better: the document that was added first. */
export class BestDocuments {
  /** A heap with the worst document on top; `#scores` has the scores at the same indices. */
  readonly #slots: number[] = [];
  readonly #scores: number[] = [];
  #least = Number.NEGATIVE_INFINITY;

  /** @param k number of documents to keep, at least 1; Infinity keeps all */
  constructor(readonly k: number) {}

  /** The smallest score with which a document is kept. */
  get least(): number {
    return this.#least;
  }

  /** Whether `keep` may be called for a document. */
  wouldKeep(slot: number, score: number): boolean {
    if (score < this.#least) return false;
    return this.#slots.length < this.k || score > this.#least || slot < this.#slots[0]!;
  }

  /** Adds a document for which `wouldKeep` is true. */
  keep(slot: number, score: number): void {
    if (this.#slots.length < this.k) this.#up(slot, score);
    else this.#down(slot, score);
    if (this.#slots.length === this.k) this.#least = this.#scores[0]!;
  }

  /** Returns the documents, best first. */
  sorted(): Found[] {
    const found = this.#slots.map((slot, i): Found => [slot, this.#scores[i]!]);
    return found.sort(([a, scoreOfA], [b, scoreOfB]) => scoreOfB - scoreOfA || a - b);
  }

  #up(slot: number, score: number): void {
    let at = this.#slots.length;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (!this.#isBetter(parent, slot, score)) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#slots[at] = slot;
    this.#scores[at] = score;
  }

  #down(slot: number, score: number): void {
    const { length } = this.#slots;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= length) break;
      const other = child + 1;
      if (other < length && this.#isBetter(child, this.#slots[other]!, this.#scores[other]!)) child = other;
      if (this.#isBetter(child, slot, score)) break;
      this.#move(child, at);
      at = child;
    }
    this.#slots[at] = slot;
    this.#scores[at] = score;
  }

  /** Whether the document at an index of the heap is better than another one. */
  #isBetter(index: number, slot: number, score: number): boolean {
    const scoreThere = this.#scores[index]!;
    return scoreThere > score || (scoreThere === score && this.#slots[index]! < slot);
  }

  #move(from: number, to: number): void {
    this.#slots[to] = this.#slots[from]!;
    this.#scores[to] = this.#scores[from]!;
  }
}
