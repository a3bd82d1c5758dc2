/** Something that a person decides. */
export interface Finding {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}
