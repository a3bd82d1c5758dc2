import { execFileSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { ProgramFolder } from "@secondpass/test-kit/programs";
import ts from "typescript";
import { PROGRAMS } from "./programs.js";

const CORE = join(__dirname, "../../node_modules/@langchain/core");
/** Errors about old packages that a program still uses for something else; they are not installed here. */
const OLD = /Cannot find module '(?:@langchain\/(?:cohere|classic|textsplitters))/;
/** Programs that need neither a model nor a service. */
const RUNNABLE: Readonly<Record<string, string>> = {
  "store.ts": "1\n",
  "hybrid.ts": "1\n",
  "pipeline.ts": "0 1\n",
  "load.ts": "0\n",
  "tokens.ts": "One, two,|, three, four| four, five. 1000\n",
};

describe("migrated programs", () => {
  const folder = new ProgramFolder(["@langchain/core", "@types/node"]);
  // A dependency of @langchain/core.
  folder.link(join(realpathSync(CORE), "../../js-tiktoken"), "js-tiktoken");
  afterAll(() => folder.dispose());
  // `import x = require()` needs TypeScript's CommonJS modules.
  const files = PROGRAMS.map(({ path, after }) =>
    folder.write(path === "types.ts" ? "types.cts" : path.replace(/\.ts$/, ".mts"), after),
  );
  const programs = folder.check(files, {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowJs: true,
    checkJs: true,
    jsx: ts.JsxEmit.Preserve,
  });

  it.each(PROGRAMS.map(({ name }, i) => ({ name, file: files[i]! })))("$name: right types", ({ file }) => {
    const messages = programs.messagesOf(file).filter((message) => !OLD.test(message));
    expect(messages).toEqual([]);
  });

  it.each(Object.entries(RUNNABLE))("%s runs", (path, output) => {
    const file = files[PROGRAMS.findIndex((other) => other.path === path)];
    programs.emit(file!);
    const out = join(folder.path, "out");
    const built = join(out, path.replace(/\.ts$/, ".mjs"));
    expect(execFileSync(process.execPath, [built], { cwd: out, encoding: "utf8" })).toBe(output);
  });
});
