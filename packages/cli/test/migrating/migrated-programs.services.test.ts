import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import ts from "typescript";
import { PROGRAMS } from "./programs.js";

const PACKAGES = join(__dirname, "../../..");
/** Old packages that a program still uses for something else. They are not installed here. */
const OLD = /Cannot find module '(?:@langchain\/(?:cohere|classic|textsplitters))/;
/** Programs that need neither a model nor a service. */
const RUNNABLE: Readonly<Record<string, string>> = {
  "store.ts": "1\n",
  "hybrid.ts": "1\n",
  "pipeline.ts": "0 1\n",
  "load.ts": "0\n",
};

/** A folder from which our packages can be imported. */
function makeWorkFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "secondpass-migrated-"));
  const link = (target: string, name: string) => {
    const path = join(folder, "node_modules", name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path, "junction");
  };
  for (const name of readdirSync(PACKAGES)) {
    if (existsSync(join(PACKAGES, name, "dist"))) link(join(PACKAGES, name), `@secondpass/${name}`);
  }
  const modules = join(PACKAGES, "cli/node_modules");
  link(join(modules, "@langchain/core"), "@langchain/core");
  link(join(modules, "@types/node"), "@types/node");
  return folder;
}

describe("migrated programs", () => {
  const folder = makeWorkFolder();
  afterAll(() => rmSync(folder, { recursive: true }));
  const files = PROGRAMS.map(({ path, after }) => {
    // As modules of CommonJS, `import x = require()` is one of TypeScript's own.
    const file = join(folder, path === "types.ts" ? "types.cts" : path.replace(/\.ts$/, ".mts"));
    writeFileSync(file, after);
    return file;
  });
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts"],
    strict: true,
    allowJs: true,
    checkJs: true,
    jsx: ts.JsxEmit.Preserve,
    skipLibCheck: true,
    outDir: join(folder, "out"),
    types: ["node"],
    typeRoots: [join(folder, "node_modules/@types")],
  });

  it.each(PROGRAMS.map(({ name }, i) => ({ name, file: files[i]! })))("$name: right types", ({ file }) => {
    const source = program.getSourceFile(file);
    const messages = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "))
      .filter((message) => !OLD.test(message));
    expect(messages).toEqual([]);
  });

  it.each(Object.entries(RUNNABLE))("%s runs", (path, output) => {
    const file = files[PROGRAMS.findIndex((other) => other.path === path)];
    program.emit(program.getSourceFile(file!));
    const built = join(folder, "out", path.replace(/\.ts$/, ".mjs"));
    expect(execFileSync(process.execPath, [built], { cwd: join(folder, "out"), encoding: "utf8" })).toBe(
      output,
    );
  });
});
