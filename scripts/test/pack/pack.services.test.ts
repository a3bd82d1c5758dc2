import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";

jest.setTimeout(300_000);

const ROOT = join(__dirname, "../../..");
const run = promisify(execFile);

/** A package with a sibling and a library, installed as users install it. */
const PROGRAM = `
  import { RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";
  const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 10, chunkOverlap: 0 });
  console.log((await splitter.splitText("one two three")).join("|"));`;

describe("npm run pack", () => {
  // A space, as in the names of people's folders.
  const work = mkdtempSync(join(tmpdir(), "secondpass pack-"));
  const packed = join(work, "packed");
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  /** The script as `npm run pack` starts it. */
  const pack = (args: readonly string[]) =>
    run(process.execPath, [join(ROOT, "scripts/pack.mjs"), ...args], {
      env: { ...process.env, INIT_CWD: work },
    });

  beforeAll(() => pack(["--out", "packed"]));

  it("writes every published package, and nothing else", () => {
    const names = execFileSync("git", ["grep", "-L", '"private": true', "--", "packages/*/package.json"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    const expected = names
      .trim()
      .split("\n")
      .map((path) => `${path.split("/")[1]}.tgz`);
    expect(readdirSync(packed)).toEqual(expected.sort());
  });

  it("says which option it does not know, and ends with 2", async () => {
    await expect(pack(["--into", "x"])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/Unknown option '--into'.*\nUsage: npm run pack \[-- --out DIR]\n/),
    });
  });

  it.each([
    ["npm", ["npm", "install"]],
    ["pnpm", ["npx", "--yes", "--prefer-offline", "pnpm@10.34.9", "add"]],
    ["yarn 1", ["npx", "--yes", "--prefer-offline", "yarn@1.22.22", "add", "--cache-folder", "cache"]],
    ["bun", ["npx", "--yes", "--prefer-offline", "bun@1.4.5", "add"]],
  ])("gives %s what it installs together with the siblings", async (name, [command, ...args]) => {
    const project = join(work, name);
    await mkdir(project);
    await writeFile(join(project, "package.json"), JSON.stringify({ name: "user", version: "1.0.0" }));
    const wanted = [join(packed, "text-splitters.tgz"), "@langchain/core@^1.0.0"];
    await run(command!, [...args, ...wanted], {
      cwd: project,
      env: { ...process.env, npm_config_audit: "false" },
    });
    await writeFile(join(project, "program.mjs"), PROGRAM);
    const { stdout } = await run(process.execPath, ["program.mjs"], { cwd: project });
    expect(stdout).toBe("one two|three\n");
  });
});
