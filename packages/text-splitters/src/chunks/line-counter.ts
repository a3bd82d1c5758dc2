/**
 * Finds the line number of positions in a text: 1 + the line feeds before the position. Continues from the last position, so
 * that positions in ascending order need only one pass over the text in total.
 */
export class LineCounter {
  /** Positions of the line feeds found so far. */
  readonly #feeds: number[] = [];
  /** Position from which to search on; infinite when all are found. */
  #searched = 0;
  /** Number of line feeds before the last position. */
  #before = 0;

  constructor(private readonly text: string) {}

  lineAt(position: number): number {
    while (this.#searched < position) this.#findNext();
    while (this.#before < this.#feeds.length && this.#feeds[this.#before]! < position) this.#before++;
    while (this.#before > 0 && this.#feeds[this.#before - 1]! >= position) this.#before--;
    return this.#before + 1;
  }

  #findNext(): void {
    const feed = this.text.indexOf("\n", this.#searched);
    if (feed !== -1) this.#feeds.push(feed);
    this.#searched = feed === -1 ? Number.POSITIVE_INFINITY : feed + 1;
  }
}
