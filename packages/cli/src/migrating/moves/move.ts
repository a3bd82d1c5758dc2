import type { Edit } from "../contract/edit.js";
import type { Target } from "../contract/target.js";
import type { NameUse } from "../syntax/module-use.js";

/** A name that moves to another module. */
export interface Move {
  readonly use: NameUse;
  readonly to: Target;
  /** Edits of its uses, except renaming it. */
  readonly edits: readonly Edit[];
  /** Whether the file keeps the old name, because it uses the new one for something else. */
  readonly keepsName: boolean;
  /** Whether no use is left, so that its import is removed. */
  readonly isDropped: boolean;
  /** Other names that its uses need now. */
  readonly needs: readonly Target[];
}
