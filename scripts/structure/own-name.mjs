import { readFileSync } from "node:fs";
import { join, parse } from "node:path";
import ts from "typescript";

/** Reduces fooBar, FooBar, FOO_BAR and foo-bar to one name. */
const plain = (name) => name.replace(/[-_]/g, "").toLowerCase();

/** The names that a file exports; `undefined` in it stands for `export *`. */
function exportedNames(path) {
  const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest);
  return file.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) {
      const clause = statement.exportClause;
      if (clause === undefined) return [];
      return ts.isNamedExports(clause) ? clause.elements.map(({ name }) => name.text) : [clause.name.text];
    }
    const isExported = ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.map(({ name }) =>
        ts.isIdentifier(name) ? name.text : "",
      );
    }
    return statement.name === undefined ? [] : [statement.name.text];
  });
}

/** What a package or an app consists of. */
const PARTS = /^(packages|apps)\/[^/]+\/src\/.*\.ts$/;
/** Where there are programs, too, which export nothing: benchmarks, scripts, examples, the page, kernels, and what tests need. */
const PARTS_AND_PROGRAMS =
  /^(bench|scripts|examples)\/.*\.(mjs|ts)$|^(packages|apps)\/[^/]+\/(web\/src|test|assembly)\/.*\.(mjs|tsx?)$/;
const EXEMPT =
  /(^|\/)index\.ts$|\.test\.ts$|\.config\.(mjs|ts)$|\/(generated|fixtures|node_modules|dist)\/|\.d\.ts$/;

/** Sources that export nothing named like the file: `foo-bar.ts` has to export fooBar, FooBar or FOO_BAR. */
export function ownName(root, sources) {
  return sources
    .filter((source) => (PARTS.test(source) || PARTS_AND_PROGRAMS.test(source)) && !EXEMPT.test(source))
    .map((source) => ({ source, names: exportedNames(join(root, source)) }))
    .filter(({ source, names }) => PARTS.test(source) || names.length > 0)
    .filter(({ source, names }) => !names.some((name) => plain(name) === plain(parse(source).name)))
    .map(({ source, names }) => ({
      rule: "own name",
      from: source,
      to: names.slice(0, 3).join(", ") || "nothing",
    }));
}
