import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import ts from "typescript";
import { ProgramFolder } from "../../../packages/test-kit/src/programs/program-folder.js";

const ROOT = join(__dirname, "../../..");
/** Packages of others that the programs import. */
const OTHERS = ["@langchain", "@aws-sdk", "@types/node", "ai"];

/** Imported by a program for which it is not worth installing. */
const NOT_INSTALLED = "Cannot find module '@langchain/openai' or its corresponding type declarations.";

interface Block {
  readonly page: string;
  readonly line: number;
  readonly code: string;
  /** Names that the page has declared above. */
  readonly known: ReadonlySet<string>;
}

/** Blocks of code of a page that are programs: those with an import. */
function programsOf(page: string): Block[] {
  const known = new Set<string>();
  const blocks: Block[] = [];
  const text = readFileSync(join(ROOT, page), "utf8");
  for (const { 1: fenced, 2: indented, index } of text.matchAll(
    /^```(?:ts|js)\n([\s\S]*?)^```|((?<=\n\n)(?: {4}.*\n|\n)+)/gm,
  )) {
    const code = fenced ?? indented!.replaceAll(/^ {4}/gm, "");
    const line = text.slice(0, index).split("\n").length;
    if (/^import\b/m.test(code)) blocks.push({ page, line, code, known: new Set(known) });
    for (const name of namesIn(code)) known.add(name);
  }
  return blocks;
}

/** What a block imports and declares. */
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

describe("the programs in the documentation", () => {
  const folder = new ProgramFolder(OTHERS);
  afterAll(() => folder.dispose());
  const pages = [
    "README.md",
    ...readdirSync(join(ROOT, "docs/guide")).map((name) => `docs/guide/${name}`),
    ...readdirSync(join(ROOT, "packages"))
      .map((name) => `packages/${name}/README.md`)
      .filter((page) => existsSync(join(ROOT, page))),
  ].filter((page) => page.endsWith(".md"));
  const blocks = pages.flatMap(programsOf);
  const files = blocks.map(({ code }, i) => folder.write(`block-${i}.mts`, `${code}\nexport {};\n`));
  const programs = folder.check(files, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    // The JavaScript ones say no types.
    noImplicitAny: false,
    noEmit: true,
  });

  it("are found", () => {
    expect(new Set(blocks.map(({ page }) => page)).size).toBeGreaterThan(10);
  });

  it.each(blocks.map((block, i) => ({ ...block, file: files[i]! })))(
    "of $page, line $line, have the right types as printed",
    ({ file, known }) => {
      const messages = programs
        .messagesOf(file)
        .filter((message) => message !== NOT_INSTALLED)
        .filter(
          (message) => !known.has(/(?:Cannot find name|shorthand property) '(\w+)'/.exec(message)?.[1] ?? ""),
        );
      expect(messages).toEqual([]);
    },
  );
});
