import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

const EXAMPLE = join(__dirname, "..");
const CLI = join(EXAMPLE, "../../packages/cli/dist/cli.js");
const QUESTION = "How is an index saved?";

const root = mkdtempSync(join(tmpdir(), "secondpass-agents-"));
const texts = join(root, "texts");
const index = join(root, "index");

function run(program: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { encoding: "utf8" });
  return { status, stdout, stderr };
}

beforeAll(() => {
  mkdirSync(texts);
  writeFileSync(join(texts, "fruit.md"), "# Fruit\n\nBananas ripen faster in a paper bag.\n");
  writeFileSync(join(texts, "saving.md"), "# Saving\n\nAn index is saved to a folder by its method save.\n");
  expect(run(CLI, "index", texts, "--index", index)).toMatchObject({ status: 0 });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("the example agents", () => {
  it("search by LangGraph with our retriever as a tool, and quote file and lines", () => {
    const { status, stdout, stderr } = run(
      join(EXAMPLE, "langgraph-agent.mjs"),
      ...["--folder", texts, QUESTION],
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(
      /^I quote .*saving\.md:1-3\n# Saving\n\nAn index is saved to a folder by its method save\./,
    );
    expect(stdout).not.toContain("Bananas");
  });

  it("search by the AI SDK over MCP, and quote file and lines", () => {
    const { status, stdout, stderr } = run(join(EXAMPLE, "ai-sdk-agent.mjs"), "--index", index, QUESTION);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^I quote saving\.md:1-3 \(score .*\)\n# Saving\n\nAn index is saved/);
    expect(stdout).not.toContain("Bananas");
  });

  it.each(["langgraph-agent.mjs", "ai-sdk-agent.mjs"])("%s says what is missing", (program) => {
    expect(run(join(EXAMPLE, program))).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^Expected a /),
    });
  });
});
