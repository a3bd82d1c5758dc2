import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import ts from "typescript";

const ROOT = join(__dirname, "../../..");
const PACKAGES = join(ROOT, "packages");
const CHAPTER = "docs/guide/08-troubleshooting.md";
/** Fields that every error of ours has. */
const OF_ALL = new Set(["name", "message", "cause", "stack", "secondpass", "package"]);

const parse = (file: string) =>
  ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);

/** The files with types that an `exports` field leads to. */
function typesOf(exports: unknown): string[] {
  if (typeof exports === "string") return exports.endsWith(".d.ts") ? [exports] : [];
  return Object.values((exports ?? {}) as Record<string, unknown>).flatMap(typesOf);
}

/** Names that a built entry exports; of `inner as outer`, the outer one. */
function exportedNames(file: string): string[] {
  return parse(file).statements.flatMap((statement) =>
    ts.isExportDeclaration(statement) &&
    statement.exportClause !== undefined &&
    ts.isNamedExports(statement.exportClause)
      ? statement.exportClause.elements.map(({ name }) => name.text)
      : [],
  );
}

/** The error classes of a built file, each with the fields that its instances have. */
function errorClasses(file: string): [name: string, fields: string[]][] {
  return parse(file).statements.flatMap((statement): [string, string[]][] => {
    if (!ts.isClassDeclaration(statement) || !statement.name?.text.endsWith("Error")) return [];
    const fields = statement.members
      .filter(
        (member): member is ts.PropertyDeclaration =>
          ts.isPropertyDeclaration(member) &&
          !member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword),
      )
      .map(({ name }) => name.getText());
    return [[statement.name.text, fields.filter((field) => !OF_ALL.has(field))]];
  });
}

/** Every exported error class, with the fields of all classes of that name: two packages may have a FileReadError each. */
function exportedErrors(): Record<string, string[]> {
  const errors = new Map<string, Set<string>>();
  for (const name of readdirSync(PACKAGES)) {
    const folder = join(PACKAGES, name);
    if (!existsSync(join(folder, "package.json"))) continue;
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    if (manifest.private) continue;
    const entries = [...new Set(typesOf(manifest.exports))].map((file) => join(folder, file));
    const exported = new Set(entries.flatMap(exportedNames));
    const built = existsSync(join(folder, "dist")) ? readdirSync(join(folder, "dist")) : [];
    for (const file of built.filter((file) => file.endsWith(".d.ts"))) {
      for (const [error, fields] of errorClasses(join(folder, "dist", file))) {
        if (exported.has(error)) errors.set(error, new Set([...(errors.get(error) ?? []), ...fields]));
      }
    }
  }
  return Object.fromEntries([...errors].map(([error, fields]) => [error, [...fields].sort()]));
}

/** The entries of the chapter: `` - `NameError` (`field`, `field`): … ``. */
function describedErrors(): Record<string, string[]> {
  const chapter = readFileSync(join(ROOT, CHAPTER), "utf8");
  const entries = [...chapter.matchAll(/^- `(\w+Error)`(?: \(([^)]*)\))?: /gm)];
  const names = entries.map(({ 1: name }) => name);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  return Object.fromEntries(
    entries.map(({ 1: name, 2: fields = "" }) => [
      name!,
      [...fields.matchAll(/`(\w+)`/g)].map(({ 1: field }) => field!).sort(),
    ]),
  );
}

describe("the errors by name in the troubleshooting chapter", () => {
  it("are all that the packages export, each with its fields", () => {
    const exported = exportedErrors();
    expect(Object.keys(exported).length).toBeGreaterThan(100);
    expect(describedErrors()).toEqual(exported);
  });
});
