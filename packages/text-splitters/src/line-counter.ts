const LINE_FEED = 0x0a;

/**
 * Tells on which line of a text a position lies: 1 + the line feeds before it. Goes on from the position it was asked for last, so
 * that asking for positions in order costs one walk over the text in all.
 */
export class LineCounter {
  #position = 0;
  #line = 1;
  #nextFeed: number;

  constructor(private readonly text: string) {
    this.#nextFeed = this.#findFeed(0);
  }

  lineAt(position: number): number {
    if (position < this.#position) this.#goBack(position);
    while (this.#nextFeed < position) {
      this.#line++;
      this.#nextFeed = this.#findFeed(this.#nextFeed + 1);
    }
    this.#position = position;
    return this.#line;
  }

  #goBack(position: number): void {
    for (let index = this.#position - 1; index >= position; index--) {
      if (this.text.charCodeAt(index) !== LINE_FEED) continue;
      this.#line--;
      this.#nextFeed = index;
    }
  }

  /** Where the next line feed stands, remembered so that a long line is searched once and not for every chunk. */
  #findFeed(from: number): number {
    const index = this.text.indexOf("\n", from);
    return index === -1 ? Number.POSITIVE_INFINITY : index;
  }
}
