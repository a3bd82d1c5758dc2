/** The id of a token, and the UTF-16 units of the word that it covers. */
export interface LocatedId {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}
