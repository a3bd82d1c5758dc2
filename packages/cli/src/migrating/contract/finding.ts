/** Something that a person has to decide. */
export interface Finding {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}
