/** A replacement of a piece of a text. Offsets are in UTF-16 units. */
export interface Edit {
  readonly start: number;
  /** The first unit after the piece; the same as `start` to insert. */
  readonly end: number;
  readonly text: string;
}
