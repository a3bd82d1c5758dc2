import type { Edit } from "../contract/edit.js";
import { bindAs } from "../syntax/bind-as.js";
import type { ModuleUse } from "../syntax/module-use.js";
import type { Move } from "./move.js";

/** Edits a declaration whose names all move to one module: changes the module's name, and renamed names. */
export function editsInPlace({ literal }: ModuleUse, moves: readonly Move[], module: string): Edit[] {
  return [
    { start: literal.getStart() + 1, end: literal.getEnd() - 1, text: module },
    ...moves.flatMap(({ use, to, keepsName }): Edit[] => {
      const { binding } = use;
      if (binding === undefined || use.name === to.name) return [];
      return [{ start: binding.getStart(), end: binding.getEnd(), text: bindAs(use, to.name, keepsName) }];
    }),
  ];
}
