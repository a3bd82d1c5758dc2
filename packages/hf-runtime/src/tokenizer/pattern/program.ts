import type { CodePointSet } from "./code-point-set.js";

/** One instruction of a {@link Program}. `next`, `other` and `body` are indices of instructions. */
export type Instruction =
  /** One character of a set, forwards or, inside a lookbehind, backwards. */
  | { readonly type: "set"; readonly set: CodePointSet; readonly backwards: boolean; next: number }
  /** Characters of a set: as many as there are, or fewer if the rest fails. */
  | { readonly type: "run"; readonly set: CodePointSet; next: number }
  /** Two ways to go on, the preferred first. */
  | { readonly type: "split"; next: number; other: number }
  /** Goes on if another part of the program matches here, or if it does not. */
  | { readonly type: "look"; readonly body: number; readonly negated: boolean; next: number }
  | { readonly type: "match" };

/** A pattern as instructions. A match begins with the instruction `start`. */
export interface Program {
  readonly code: readonly Instruction[];
  readonly start: number;
  /** Whether it may look at the text before a position. */
  readonly looksBehind: boolean;
}
