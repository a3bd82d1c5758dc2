import { spawnSync } from "node:child_process";
import { afterAll, describe, expect, it } from "@jest/globals";
import ts from "typescript";
import { ProgramFolder } from "../../../packages/test-kit/src/programs/program-folder.js";
import { exportedModules } from "../support/exported-classes.js";
import { type Block, documents, readBlocks } from "../support/read-blocks.js";

/** Third-party packages that the programs import. */
const OTHERS = ["@langchain", "@aws-sdk", "@types/node", "ai"];
/** Packages that the programs import, but that are not worth installing. */
const NOT_INSTALLED =
  /^Cannot find module '(?:@langchain\/(?:openai|classic\S*)|@ai-sdk\/mcp|@rollup\/plugin-\S+|@vercel\/nft)'/;
/** Pages about the internals of packages; their programs are parts of sources. */
const OF_THE_INSIDE = /^docs\/contributing\//;
/** Translations: scripts/translations.mjs copies their code from the English page. */
const TRANSLATED = /^(?:README\.ko\.md|docs\/ko\/)/;

interface Program extends Block {
  /** Names that earlier programs of the page declare. */
  readonly known: ReadonlySet<string>;
  /** Whether it has no imports, and uses names that the text around it introduces. */
  readonly isPart: boolean;
}

/** The blocks of a page that are programs. */
function programsOf(page: string): Program[] {
  const known = new Set<string>();
  return readBlocks(page)
    .filter(({ kind }) => kind === "program")
    .map((block) => {
      const program = { ...block, known: new Set(known), isPart: !/^import\b/m.test(block.code) };
      for (const name of namesIn(block.code)) known.add(name);
      return program;
    });
}

/** The names that a block imports and declares. */
function namesIn(code: string): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      (ts.isVariableDeclaration(node) ||
        ts.isBindingElement(node) ||
        ts.isFunctionDeclaration(node) ||
        ts.isClassDeclaration(node) ||
        ts.isImportSpecifier(node)) &&
      node.name !== undefined &&
      ts.isIdentifier(node.name)
    )
      names.push(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("block.ts", code, ts.ScriptTarget.ES2022));
  return names;
}

/** A part with the imports of our names that it uses. */
function withImports({ code, isPart }: Program, modules: ReadonlyMap<string, string>): string {
  if (!isPart) return code;
  const own = new Set(namesIn(code));
  const used = new Set([...code.matchAll(/\b[A-Za-z]\w+\b/g)].map(([name]) => name));
  const imports = [...used].flatMap((name) => {
    const module = modules.get(name);
    const isMeant = /^[A-Z]/.test(name) || code.includes(`${name}(`);
    return module === undefined || own.has(name) || !isMeant ? [] : [`import { ${name} } from "${module}";`];
  });
  // No program of ours means the browser's.
  const document = used.has("document") && !own.has("document") ? ["declare const document: any;"] : [];
  return [...imports, ...document, code].join("\n");
}

describe("the programs in the documentation", () => {
  const folder = new ProgramFolder(OTHERS);
  afterAll(() => folder.dispose());
  const all = documents()
    .filter((page) => !TRANSLATED.test(page))
    .flatMap(programsOf);
  const programs = all.filter(({ page }) => !OF_THE_INSIDE.test(page));
  const modules = exportedModules();
  const files = programs.map((program, i) =>
    folder.write(`block-${i}.mts`, `${withImports(program, modules)}\nexport {};\n`),
  );
  const checked = folder.check(files, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    // JavaScript programs declare no types.
    noImplicitAny: false,
    noEmit: true,
  });

  it("are found", () => {
    expect(new Set(programs.map(({ page }) => page)).size).toBeGreaterThan(20);
  });

  it.each(programs.map((program, i) => ({ ...program, file: files[i]! })))(
    "of $page, line $line, have the right types as printed",
    ({ file, known, isPart }) => {
      const messages = checked
        .messagesOf(file)
        .filter((message) => !NOT_INSTALLED.test(message))
        .filter((message) => {
          const name = /(?:Cannot find name|shorthand property) '(\w+)'/.exec(message)?.[1];
          return name === undefined || !(isPart || known.has(name));
        });
      expect(messages).toEqual([]);
    },
  );

  it.each(all.filter(({ language }) => language === "js"))(
    "of $page, line $line, are JavaScript that this Node can read",
    ({ code }) => {
      const words = ["--input-type=module", "--check", "-"];
      const { stderr, status } = spawnSync(process.execPath, words, { input: code, encoding: "utf8" });
      expect([status, stderr]).toEqual([0, ""]);
    },
  );

  it.each(all.filter(({ page }) => OF_THE_INSIDE.test(page)))(
    "of $page, line $line, have the right syntax",
    ({ code }) => {
      // A method alone is one of a class, a property alone one of an object, and readers fill in "…".
      const filled = code.replaceAll("…", "undefined");
      const isProperty = /^(?:"[^"]*"|\w+): /.test(filled);
      const whole = isProperty
        ? `({\n${filled}\n})`
        : filled.startsWith("override ")
          ? `class A extends B {\n${filled}\n}`
          : filled;
      const { diagnostics } = ts.transpileModule(whole, { reportDiagnostics: true });
      expect(diagnostics?.map(({ messageText }) => messageText)).toEqual([]);
    },
  );
});
