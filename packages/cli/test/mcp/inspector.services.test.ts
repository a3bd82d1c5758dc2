import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { CorpusFolder } from "../corpus-folder.js";
import { runMain } from "../run-main.js";
import { CLI } from "../run-secondpass.js";

// Each call starts the inspector and the server, which takes seconds.
jest.setTimeout(120_000);

const INSPECTOR = join(
  __dirname,
  "../../../../.work/services/inspector/node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js",
);

const folder = new CorpusFolder({
  "fruit.txt": "Bananas ripen faster in a paper bag.\nApples keep longer in the cold.\n",
});
const home = join(folder.root, "home");
const config = join(folder.root, "mcp.json");
/** Path of Node for the inspector, which needs a newer one than we do. */
let node: string;

/** Calls the official inspector with the config of a client, as a person does who tries the server. */
function inspect(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(
    node,
    [INSPECTOR, "--cli", "--config", config, "--server", "docs", ...words],
    { encoding: "utf8", env: { ...process.env, HOME: home, MCP_INSPECTOR_SECRET_STORE: "memory" } },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.any(String) });
  return { answer: JSON.parse(stdout), stderr };
}

describe("the official inspector", () => {
  beforeAll(async () => {
    expect(existsSync(INSPECTOR)).toBe(true);
    mkdirSync(home);
    const newer = ["-y", "--loglevel=error", "node@24.21.0", "--print", "process.execPath"];
    node = spawnSync("npx", newer, { encoding: "utf8" }).stdout.trim();
    expect((await runMain(["index", folder.texts, "--index", folder.index])).code).toBe(0);
    const docs = { command: process.execPath, args: [CLI, "mcp", "--index", folder.index] };
    writeFileSync(config, JSON.stringify({ mcpServers: { docs } }));
  });
  afterAll(() => folder.dispose());

  it("lists the tools, and finds their schemas valid for all clients", () => {
    const { answer, stderr } = inspect("--method", "tools/list", "--strict");
    const names = answer.tools.map(({ name }: { name: string }) => name);
    expect(names).toEqual(["search", "rerank", "read_passage", "list_sources"]);
    expect(stderr).not.toContain("Warning");
  });

  it.each<[string, string[], object]>([
    ["search", ["query=How do bananas ripen?", "top_n=1"], { passages: [{ source: "fruit.txt" }] }],
    [
      "rerank",
      ["query=How do bananas ripen?", 'documents=["Cars are fast.","Bananas ripen in a bag."]'],
      { results: [{ index: 1 }, { index: 0 }] },
    ],
    ["read_passage", ["source=fruit.txt", "from_line=2"], { text: "Apples keep longer in the cold.\n" }],
    ["list_sources", [], { sources: [{ source: "fruit.txt", passages: 1 }], total: 1 }],
  ])("calls %s", (tool, args, expected) => {
    const given = args.length > 0 ? ["--tool-arg", ...args] : [];
    const { answer } = inspect("--method", "tools/call", "--tool-name", tool, ...given);
    expect(answer.structuredContent).toMatchObject(expected);
  });
});
