import type { Edit } from "../contract/edit.js";
import type { Target } from "../contract/target.js";
import type { NameUse } from "../syntax/module-use.js";

/** A name that moves to another module. */
export interface Move {
  readonly use: NameUse;
  readonly to: Target;
  /** Edits of its uses, apart from new words for its name. */
  readonly edits: readonly Edit[];
  /** Whether the file goes on calling it by the old name, because it has another use for the new one. */
  readonly keepsName: boolean;
  /** Whether nothing is left of it. */
  readonly isDropped: boolean;
  /** Other names that its uses need now. */
  readonly needs: readonly Target[];
}
