/**
 * Tells on which line of a text a position is: 1 + the line feeds before it. Goes on from the last position, so
 * that asking for positions in order costs one walk over the text in all.
 */
export class LineCounter {
  /** Where the line feeds stand, as far as they were looked for. */
  readonly #feeds: number[] = [];
  /** Where to look on; beyond the text when all are found. */
  #searched = 0;
  /** How many of the line feeds stand before the position asked for last. */
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
