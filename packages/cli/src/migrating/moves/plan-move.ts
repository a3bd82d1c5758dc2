import { Node, type SourceFile } from "ts-morph";
import type { Edit } from "../contract/edit.js";
import type { Finding } from "../contract/finding.js";
import type { Mapping } from "../contract/mapping.js";
import type { Target } from "../contract/target.js";
import { identifiersNamed } from "../syntax/identifiers-named.js";
import type { ModuleUse, NameUse } from "../syntax/module-use.js";
import { readClassUse } from "../syntax/read-class-use.js";
import type { Move } from "./move.js";

/** Properties of the file. */
export interface FileSettings {
  readonly file: SourceFile;
  readonly allowsTopLevelAwait: boolean;
}

/** A move with what to check after it, or the reason why the name stays. */
export type PlannedMove =
  | { readonly move: Move; readonly remarks: readonly Finding[] }
  | { readonly stays: Finding };

/** Rewrites every use of a name, or says which use prevents the move. */
export function planMove(
  use: NameUse,
  { module, form, literal }: ModuleUse,
  mapping: Mapping,
  { file, allowsTopLevelAwait }: FileSettings,
): PlannedMove {
  const obstacle = mapping.obstacle?.(file);
  if (obstacle !== undefined) return { stays: obstacle };
  const quote = literal.getText().startsWith("'") ? "'" : '"';
  const edits: Edit[] = [];
  const needs: Target[] = [];
  const remarks: Finding[] = [];
  let hasTypes = false;
  for (const reference of use.references) {
    const classUse = readClassUse(reference, module);
    if (classUse.kind === "type") hasTypes = true;
    const reason = mapping.rewrite(classUse, {
      allowsTopLevelAwait,
      quoted: (text) => quote + text + quote,
      edit: (...more) => edits.push(...more),
      need: (target) => needs.push(target),
      remark: (node, message) => remarks.push({ line: node.getStartLineNumber(), message }),
    });
    if (reason !== undefined) return { stays: { line: reference.getStartLineNumber(), message: reason } };
  }
  if (needs.length > 0 && form !== "import" && form !== "destructured") {
    const message = `${needs[0]?.name} would have to be imported beside it, which this way of importing cannot`;
    return { stays: { line: use.references[0]?.getStartLineNumber() ?? 1, message } };
  }
  const line = (use.binding ?? use.words[0] ?? use.references[0])?.getStartLineNumber() ?? 1;
  for (const message of mapping.remarks ?? []) remarks.push({ line, message });
  const isDropped = mapping.isTypeHere === true && !hasTypes;
  const { to } = mapping;
  const keepsName = use.name !== to.name && !use.hasAlias && isTaken(file, to.name);
  return { move: { use, to, edits, keepsName, isDropped, needs }, remarks };
}

/** Whether a file already uses this name. */
function isTaken(file: SourceFile, name: string): boolean {
  return identifiersNamed(file, name).some((identifier) => {
    const parent = identifier.getParent();
    return !(Node.isPropertyAccessExpression(parent) && parent.getNameNode() === identifier);
  });
}
