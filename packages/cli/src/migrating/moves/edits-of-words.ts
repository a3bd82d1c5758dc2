import type { Edit } from "../contract/edit.js";
import { renameWord } from "../syntax/rename-word.js";
import type { Move } from "./move.js";

/** Edits the places that use a name: the changes of its mapping, and its new name. Leaves out the declaration that binds the name. */
export function editsOfWords({ use, to, edits, keepsName, isDropped }: Move): Edit[] {
  if (use.name === to.name || keepsName || isDropped) return [...edits];
  const words = use.words.filter((word) => use.binding === undefined || word.getParent() !== use.binding);
  return [...edits, ...words.map((word) => renameWord(word, to.name))];
}
