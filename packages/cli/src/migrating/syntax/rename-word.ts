import { Node } from "ts-morph";
import type { Edit } from "../contract/edit.js";

/** Makes the edit that renames one occurrence of a name. A shorthand property keeps its key, and an export its exported name. */
export function renameWord(word: Node, name: string): Edit {
  const [start, end] = [word.getStart(), word.getEnd()];
  const parent = word.getParent();
  if (Node.isShorthandPropertyAssignment(parent)) return { start, end, text: `${word.getText()}: ${name}` };
  if (Node.isExportSpecifier(parent) && parent.getAliasNode() === undefined)
    return { start, end, text: `${name} as ${word.getText()}` };
  return { start, end, text: name };
}
