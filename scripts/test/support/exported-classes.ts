import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const PACKAGES = join(__dirname, "../../../packages");

/** A class that users can import, as the built types declare it. */
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
    const exported = new Set(entriesOf(folder).flatMap(({ names }) => names));
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

/** A function that users can import. */
export interface ExportedFunction {
  readonly name: string;
  /** The module to import it from, such as "@secondpass/core/node". */
  readonly module: string;
  readonly call: (...args: readonly unknown[]) => unknown;
}

/**
 * The functions that all published packages export, under every condition. A function that several modules export is listed with the first.
 * Classes are not among them.
 * @throws if the code of another condition exports a name that `require` does not return
 */
export function exportedFunctions(): ExportedFunction[] {
  const seen = new Set<unknown>();
  return readdirSync(PACKAGES)
    .flatMap(entriesOf)
    .flatMap(({ module, code }) => {
      if (code === undefined) return [];
      const required: Readonly<Record<string, unknown>> = require(code.required);
      return exportedNames(code.modules).flatMap((name) => {
        const value = required[name];
        if (value === undefined) throw new Error(`${code.required} lacks ${name}, which the module exports.`);
        const isNew = typeof value === "function" && !seen.has(value) && !isClass(value);
        seen.add(value);
        return isNew ? [{ name, module, call: value as ExportedFunction["call"] }] : [];
      });
    });
}

const exportedNames = (files: readonly string[]) => [
  ...new Set(files.flatMap((file) => exportSpecifiers(parse(file)).map(({ name }) => name.text))),
];

const isClass = (value: unknown) => /^class\b/.test(Function.prototype.toString.call(value));

/** Every value that a published package exports, with the module to import it from. */
export function exportedModules(): Map<string, string> {
  return new Map(
    readdirSync(PACKAGES)
      .flatMap(entriesOf)
      .flatMap(({ module, values }) => values.map((name) => [name, module] as const)),
  );
}

interface Entry {
  readonly module: string;
  readonly names: readonly string[];
  /** Those of the names that are not only types. */
  readonly values: readonly string[];
  /** The file that `require` loads, and those of the other conditions; undefined if the entry has no code. */
  readonly code: { readonly required: string; readonly modules: readonly string[] } | undefined;
}

/** The modules of a package that users can import; none if it is private. */
function entriesOf(folder: string): Entry[] {
  const path = join(PACKAGES, folder);
  if (!existsSync(join(path, "package.json"))) return [];
  const manifest = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
  if (manifest.private) return [];
  return Object.entries(manifest.exports ?? {}).map(([key, target]) => {
    const exported = [...new Set(typesOf(target))].flatMap((file) =>
      exportSpecifiers(parse(join(path, file))),
    );
    const values = exported.filter(({ isTypeOnly }) => !isTypeOnly);
    return {
      module: `${manifest.name}${key.slice(1)}`,
      names: exported.map(({ name }) => name.text),
      values: [...new Set(values.map(({ name }) => name.text))],
      code: codeOf(path, target),
    };
  });
}

function codeOf(path: string, target: unknown): Entry["code"] {
  if (typeof target === "string") return undefined;
  const conditions = Object.entries(target as Readonly<Record<string, { readonly default: string }>>);
  const fileOf = ([, { default: file }]: (typeof conditions)[number]) => join(path, file);
  const isRequired = ([condition]: (typeof conditions)[number]) => condition === "require";
  return {
    required: fileOf(conditions.find(isRequired)!),
    modules: conditions.filter((condition) => !isRequired(condition)).map(fileOf),
  };
}

const parse = (file: string) =>
  ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);

/** The files with types that an `exports` field leads to. */
function typesOf(exports: unknown): string[] {
  if (typeof exports === "string") return exports.endsWith(".d.ts") ? [exports] : [];
  return Object.values((exports ?? {}) as Record<string, unknown>).flatMap(typesOf);
}

/** The names that a built entry exports; for `inner as outer`, the outer one. */
function exportSpecifiers(file: ts.SourceFile): ts.ExportSpecifier[] {
  return file.statements.flatMap((statement) =>
    ts.isExportDeclaration(statement) &&
    statement.exportClause !== undefined &&
    ts.isNamedExports(statement.exportClause)
      ? [...statement.exportClause.elements]
      : [],
  );
}
