import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const PACKAGES = join(__dirname, "../../../packages");

/** A class that users import, as the built types declare it. */
export interface ExportedClass {
  readonly name: string;
  /** The folder of its package. */
  readonly folder: string;
  readonly declaration: ts.ClassDeclaration;
}

/** The classes of all published packages. Two packages may have one of the same name. */
export function exportedClasses(): ExportedClass[] {
  return readdirSync(PACKAGES).flatMap((folder): ExportedClass[] => {
    const path = join(PACKAGES, folder);
    if (!existsSync(join(path, "package.json"))) return [];
    const manifest = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
    if (manifest.private) return [];
    const entries = [...new Set(typesOf(manifest.exports))].map((file) => join(path, file));
    const exported = new Set(entries.flatMap((file) => exportedNames(parse(file))));
    const built = existsSync(join(path, "dist")) ? readdirSync(join(path, "dist")) : [];
    return built
      .filter((file) => file.endsWith(".d.ts"))
      .flatMap((file) => [...parse(join(path, "dist", file)).statements])
      .filter(ts.isClassDeclaration)
      .flatMap((declaration) => {
        const name = declaration.name?.text ?? "";
        return exported.has(name) ? [{ name, folder, declaration }] : [];
      });
  });
}

const parse = (file: string) =>
  ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);

/** The files with types that an `exports` field leads to. */
function typesOf(exports: unknown): string[] {
  if (typeof exports === "string") return exports.endsWith(".d.ts") ? [exports] : [];
  return Object.values((exports ?? {}) as Record<string, unknown>).flatMap(typesOf);
}

/** Names that a built entry exports; of `inner as outer`, the outer one. */
function exportedNames(file: ts.SourceFile): string[] {
  return file.statements.flatMap((statement) =>
    ts.isExportDeclaration(statement) &&
    statement.exportClause !== undefined &&
    ts.isNamedExports(statement.exportClause)
      ? statement.exportClause.elements.map(({ name }) => name.text)
      : [],
  );
}
