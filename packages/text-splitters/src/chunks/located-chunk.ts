/** A chunk and its position in the source, in UTF-16 units as in JavaScript. */
export interface LocatedChunk {
  readonly text: string;
  /** Where the chunk starts in the source. */
  readonly start: number;
  /** Where the chunk ends in the source. */
  readonly end: number;
  /**
   * Whether `text === source.slice(start, end)`. False if the text differs from the source: pieces joined with another separator than
   * the source has between them, or tokens that decode to another text.
   */
  readonly exact: boolean;
}
