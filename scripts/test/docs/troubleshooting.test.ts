import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import ts from "typescript";
import { type ExportedClass, exportedClasses } from "../support/exported-classes.js";

const ROOT = join(__dirname, "../../..");
const CHAPTER = "docs/guide/08-troubleshooting.md";
/** Fields that each of our errors has. */
const OF_ALL = new Set(["name", "message", "cause", "stack", "secondpass", "package"]);

/** The fields of a class's instances. */
function fieldsOf({ declaration }: ExportedClass): string[] {
  const fields = declaration.members
    .filter(
      (member): member is ts.PropertyDeclaration =>
        ts.isPropertyDeclaration(member) &&
        !member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword),
    )
    .map(({ name }) => name.getText());
  return fields.filter((field) => !OF_ALL.has(field));
}

/** Every exported error class, with the fields of all classes of that name: two packages may have a FileReadError each. */
function exportedErrors(): Record<string, string[]> {
  const errors = new Map<string, Set<string>>();
  for (const error of exportedClasses()) {
    const { name } = error;
    if (name.endsWith("Error")) errors.set(name, new Set([...(errors.get(name) ?? []), ...fieldsOf(error)]));
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
