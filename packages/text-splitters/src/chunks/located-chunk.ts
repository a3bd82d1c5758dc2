/** A chunk and where in its source it comes from. Positions are UTF-16 units, as JavaScript counts. */
export interface LocatedChunk {
  readonly text: string;
  /** Where the chunk starts in the source. */
  readonly start: number;
  /** Where the chunk ends in the source. */
  readonly end: number;
  /**
   * Whether `text === source.slice(start, end)`. Not so where the splitter has to write something that the source does not have:
   * a separator between pieces that had another one between them, or what a tokenizer makes of its tokens.
   */
  readonly exact: boolean;
}
