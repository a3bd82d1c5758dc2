import { Node } from "ts-morph";
import type { NameUse } from "./module-use.js";

/** Writes the binding of a renamed name in a declaration: `B`, `B as A`, in patterns `B: A`. */
export function bindAs({ binding, name, hasAlias }: NameUse, newName: string, keepsName: boolean): string {
  if (binding === undefined) return newName;
  const isPattern = Node.isBindingElement(binding);
  const isType = !isPattern && binding.isTypeOnly() ? "type " : "";
  const local = hasAlias ? localName(binding) : keepsName || Node.isExportSpecifier(binding) ? name : newName;
  if (local === newName) return `${isType}${newName}`;
  return isPattern ? `${newName}: ${local}` : `${isType}${newName} as ${local}`;
}

function localName(binding: NonNullable<NameUse["binding"]>): string {
  if (Node.isBindingElement(binding)) return binding.getNameNode().getText();
  return (binding.getAliasNode() ?? binding.getNameNode()).getText();
}
