import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it, jest } from "@jest/globals";
import ts from "typescript";
import { ProgramFolder } from "../../../packages/test-kit/src/programs/program-folder.js";
import { type Block, documents, readBlocks, readPage } from "../support/read-blocks.js";

jest.setTimeout(120_000);

/** Lines of about one screen. The rest is in docs/reference. */
const MAX_LINES = 95;

const models = JSON.stringify(join(__dirname, "../../../packages/mini-models/models"));
/** Parts of a program that a test cannot use → their replacements; the output then differs. */
const STAND_INS: readonly (readonly [RegExp, string])[] = [
  [/model: "sentence-transformers\/[^"]+"/g, `model: ${models} + "/embedder"`],
  [/model: "cross-encoder\/[^"]+"/g, `model: ${models} + "/reranker"`],
];

/** The output of a block, as its page has it: indented after the block, or in comments at its end. */
function printedBy({ page, line, code }: Block): string | undefined {
  const behind = readPage(page)
    .split("\n")
    .slice(line - 1 + code.split("\n").length);
  const indented = behind.slice(1).findIndex((text) => !text.startsWith("    "));
  if (indented > 0)
    return `${behind
      .slice(1, 1 + indented)
      .map((text) => text.slice(4))
      .join("\n")}\n`;
  const comments = [...code.matchAll(/^\/\/ (.+)$/gm)].map(([, text]) => text);
  return comments.length === 0 ? undefined : `${comments.join("\n")}\n`;
}

/** Lines without those of a server's log. */
const linesOf = (text: string) => text.split("\n").filter((line) => !line.startsWith('{"'));

const readmes = documents().filter((page) => /^packages\/[\w-]+\/README\.md$/.test(page));

describe("the READMEs of the packages", () => {
  it.each(readmes)("%s is about a screen long", (page) => {
    expect(readPage(page).split("\n").length).toBeLessThanOrEqual(MAX_LINES);
  });

  const folder = new ProgramFolder(["@langchain", "@types/node"]);
  afterAll(() => folder.dispose());
  mkdirSync(join(folder.path, "docs/notes"), { recursive: true });
  for (const file of ["notes.txt", "docs/guide.md", "docs/notes/first.txt"])
    folder.write(file, "eleven char");

  const firsts = readmes.flatMap((page) => readBlocks(page).find(({ kind }) => kind === "program") ?? []);

  it("begin with a program, apart from the command line's", () => {
    const without = readmes.filter((page) => !firsts.some((block) => block.page === page));
    expect(without).toEqual(["packages/cli/README.md"]);
  });

  it.each(firsts)("$page: its first program runs, and prints what the page says", (block) => {
    const code = STAND_INS.reduce((text, [found, given]) => text.replace(found, given), block.code);
    const { outputText } = ts.transpileModule(code.replace("port: 8080", "port: 0"), {
      compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
    });
    const file = folder.write(`${block.page.split("/")[1]}.mjs`, outputText);
    const { stdout, stderr, status } = spawnSync(process.execPath, [file], {
      cwd: folder.path,
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const printed = printedBy(block);
    if (printed !== undefined && code === block.code) expect(stdout).toBe(printed);
    else expect(linesOf(stdout).length).toBe(linesOf(printed ?? "").length);
  });
});
