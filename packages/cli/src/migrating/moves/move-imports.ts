import { type ExportDeclaration, type ImportDeclaration, Node, type SourceFile } from "ts-morph";
import type { Edit } from "../contract/edit.js";
import { bindAs } from "../syntax/bind-as.js";
import { lineEnding } from "../syntax/line-ending.js";
import type { ModuleUse } from "../syntax/module-use.js";
import { removeFromList } from "../syntax/remove-from-list.js";
import { editsInPlace } from "./edits-in-place.js";
import type { Move } from "./move.js";

/** A declaration some of whose names move. */
export interface MovingDeclaration {
  readonly use: ModuleUse;
  readonly moves: readonly Move[];
}

type Declaration = ImportDeclaration | ExportDeclaration;

/** Names that come from one module after the move, and the declaration that they replace. */
interface Group {
  readonly module: string;
  readonly isTypeOnly: boolean;
  readonly names: string[];
  readonly from: Declaration;
}

/** Longest line that a list of names is written on. */
const LINE = 100;

/**
 * Edits imports and re-exports. If a whole declaration moves to a module that is not imported elsewhere, it is edited in place;
 * otherwise names of one module are combined.
 */
export function moveImports(file: SourceFile, declarations: readonly MovingDeclaration[]): Edit[] {
  const edits: Edit[] = [];
  const groups = new Map<string, Group>();
  const modules = new Map<string, number>();
  for (const { moves } of declarations)
    for (const module of targetsOf(moves)) modules.set(module, (modules.get(module) ?? 0) + 1);
  for (const declaration of declarations) {
    const { use, moves } = declaration;
    const node = declarationOf(use);
    const [module, ...others] = targetsOf(moves);
    const isWhole = moves.length === use.names.length && moves.every(({ isDropped }) => !isDropped);
    const isAlone =
      module !== undefined &&
      others.length === 0 &&
      modules.get(module) === 1 &&
      existing(file, node, module) === undefined;
    if (isWhole && isAlone) edits.push(...editsInPlace(use, moves, module));
    else collect(declaration, node, groups);
  }
  for (const group of groups.values()) {
    const other = existing(file, group.from, group.module, group.isTypeOnly);
    if (other !== undefined) edits.push(...append(other, group.names));
  }
  const isNew = (group: Group) => existing(file, group.from, group.module, group.isTypeOnly) === undefined;
  for (const { use, moves } of declarations) {
    const node = declarationOf(use);
    if (edits.some(({ start }) => start === use.literal.getStart() + 1)) continue;
    const written = [...groups.values()].filter((group) => group.from === node && isNew(group));
    edits.push(...replaceDeclaration(node, moves, written));
  }
  return edits;
}

function targetsOf(moves: readonly Move[]): string[] {
  const kept = moves.filter(({ isDropped }) => !isDropped);
  const all = [
    ...kept.map(({ to }) => to.module),
    ...moves.flatMap(({ needs }) => needs.map(({ module }) => module)),
  ];
  return [...new Set(all)];
}

function declarationOf({ literal }: ModuleUse): Declaration {
  return literal.getParentOrThrow() as Declaration;
}

function collect({ moves }: MovingDeclaration, node: Declaration, groups: Map<string, Group>): void {
  const add = (module: string, name: string, isTypeOnly: boolean) => {
    const key = `${module} ${isTypeOnly} ${node.getKindName()}`;
    const group = groups.get(key) ?? { module, isTypeOnly, names: [], from: node };
    if (!group.names.includes(name)) group.names.push(name);
    groups.set(key, group);
  };
  for (const { use, to, keepsName, isDropped, needs } of moves) {
    if (!isDropped) add(to.module, bindAs(use, to.name, keepsName), node.isTypeOnly());
    for (const need of needs) add(need.module, need.name, false);
  }
}

/** Finds an existing declaration of the same kind that takes names from a module. */
function existing(
  file: SourceFile,
  like: Declaration,
  module: string,
  isTypeOnly = like.isTypeOnly(),
): ImportDeclaration | undefined {
  if (!Node.isImportDeclaration(like)) return undefined;
  return file
    .getImportDeclarations()
    .find(
      (other) =>
        other.getModuleSpecifierValue() === module &&
        other.isTypeOnly() === isTypeOnly &&
        other.getNamedImports().length > 0,
    );
}

function append(declaration: ImportDeclaration, names: readonly string[]): Edit[] {
  const specifiers = declaration.getNamedImports();
  const known = new Set(specifiers.map((specifier) => specifier.getText()));
  const last = specifiers.at(-1)!;
  const text = declaration.getSourceFile().getFullText();
  const gap = text.slice(last.getPos(), last.getStart());
  const added = names
    .filter((name) => !known.has(name))
    .map((name) => `,${/\n/.test(gap) ? gap : " "}${name}`);
  return added.length === 0 ? [] : [{ start: last.getEnd(), end: last.getEnd(), text: added.join("") }];
}

/** Puts the new declarations in place of the old one, or before the rest of it. */
function replaceDeclaration(node: Declaration, moves: readonly Move[], groups: readonly Group[]): Edit[] {
  const text = node.getSourceFile().getFullText();
  const newline = lineEnding(text);
  const lines = groups.map((group) => declarationText(node, group, newline));
  const [start, end] = [node.getStart(), node.getEnd()];
  const specifiers = Node.isImportDeclaration(node) ? node.getNamedImports() : node.getNamedExports();
  const gone = new Set<Node>(moves.flatMap(({ use }) => use.binding ?? []));
  if (specifiers.every((specifier) => gone.has(specifier))) {
    if (lines.length > 0) return [{ start, end, text: lines.join(newline) }];
    const [rest] = /^[ \t]*(?:\r?\n)?/.exec(text.slice(end)) ?? [""];
    return [{ start, end: end + rest.length, text: "" }];
  }
  const edits = removeFromList(specifiers, gone);
  if (lines.length > 0) edits.push({ start, end: start, text: lines.map((line) => line + newline).join("") });
  return edits;
}

function declarationText(node: Declaration, { module, isTypeOnly, names }: Group, newline: string): string {
  const keyword = Node.isImportDeclaration(node) ? "import" : "export";
  const quote = node.getModuleSpecifier()?.getText().charAt(0) ?? `"`;
  const head = `${keyword}${isTypeOnly ? " type" : ""}`;
  const tail = `from ${quote}${module}${quote}${node.getText().endsWith(";") ? ";" : ""}`;
  const line = `${head} { ${names.join(", ")} } ${tail}`;
  if (line.length <= LINE) return line;
  return `${head} {${newline}${names.map((name) => `  ${name},${newline}`).join("")}} ${tail}`;
}
