import { Node, type VariableDeclaration } from "ts-morph";
import type { Edit } from "../contract/edit.js";
import { bindAs } from "../syntax/bind-as.js";
import { indentOf } from "../syntax/indent-of.js";
import { lineEnding } from "../syntax/line-ending.js";
import type { ModuleUse } from "../syntax/module-use.js";
import type { Move } from "./move.js";

/** Splits `const { A, B } = require("m")`, whose names move to several modules, into a variable for each module. */
export function splitVariable(use: ModuleUse, variable: VariableDeclaration, moves: readonly Move[]): Edit {
  const moved = new Set(moves.map((move) => move.use));
  const patterns = new Map<string | undefined, string[]>();
  const add = (module: string | undefined, text: string) =>
    patterns.set(module, [...(patterns.get(module) ?? []), text]);
  for (const { to, use: name, keepsName, isDropped, needs } of moves) {
    if (!isDropped) add(to.module, bindAs(name, to.name, keepsName));
    for (const need of needs)
      if (!patterns.get(need.module)?.includes(need.name)) add(need.module, need.name);
  }
  for (const name of use.names) if (!moved.has(name)) add(undefined, name.binding?.getText() ?? name.name);
  const value = variable.getInitializerOrThrow();
  const offset = use.literal.getStart() + 1 - value.getStart();
  const before = value.getText().slice(0, offset);
  const after = value.getText().slice(offset + use.module.length);
  const variables = [...patterns].map(
    ([module = use.module, names]) => `{ ${names.join(", ")} } = ${before}${module}${after}`,
  );
  return { start: variable.getStart(), end: variable.getEnd(), text: variables.join(between(variable)) };
}

/** The text between two variables: a new statement of the same kind, or a comma in a list of variables. */
function between(variable: VariableDeclaration): string {
  const statement = variable.getVariableStatement();
  if (statement === undefined || statement.getDeclarations().length > 1) return ", ";
  const text = variable.getSourceFile().getFullText();
  const start = statement.getStart();
  const end = statement.getText().endsWith(";") ? ";" : "";
  const keywords = text.slice(start, variable.getStart());
  return `${end}${lineEnding(text)}${indentOf(text, start)}${keywords}`;
}

/** Whether {@link splitVariable} can split it: a variable that is declared in a statement. */
export function isSplittable(variable: VariableDeclaration | undefined): variable is VariableDeclaration {
  return variable !== undefined && Node.isVariableDeclarationList(variable.getParent());
}
