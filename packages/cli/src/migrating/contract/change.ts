import type { Node } from "ts-morph";
import type { Edit } from "./edit.js";
import type { Target } from "./target.js";

/** Collects a mapping's changes in a file. They are applied only if every use of the class can be rewritten. */
export interface Change {
  /** Whether the file allows `await` outside of functions. */
  readonly allowsTopLevelAwait: boolean;
  /** Writes a text as a literal, in the quotes that the file uses. */
  quoted(text: string): string;
  edit(...edits: readonly Edit[]): void;
  /** Adds a remark about something that a person has to check after the move. */
  remark(node: Node, message: string): void;
  /** Imports one more name. */
  need(target: Target): void;
}
