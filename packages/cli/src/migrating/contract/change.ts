import type { Node } from "ts-morph";
import type { Edit } from "./edit.js";
import type { Target } from "./target.js";

/** What a mapping changes in a file. It counts only if every use of the class can be rewritten. */
export interface Change {
  /** Whether `await` may be outside of functions. */
  readonly allowsTopLevelAwait: boolean;
  /** A text as a literal, in the quotes that the file uses. */
  quoted(text: string): string;
  edit(...edits: readonly Edit[]): void;
  /** For a person to check once the class has moved. */
  remark(node: Node, message: string): void;
  /** Imports one more name. */
  need(target: Target): void;
}
