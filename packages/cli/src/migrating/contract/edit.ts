/** A piece of a text that is replaced. Offsets are in UTF-16 units. */
export interface Edit {
  readonly start: number;
  /** The first unit behind the piece; `start` to insert. */
  readonly end: number;
  readonly text: string;
}
