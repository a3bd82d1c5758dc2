import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

/** Longest program that a newcomer reads, in lines. */
const MAX_LINES = 25;

describe("the program in the root README", () => {
  let app: string;
  beforeEach(async () => {
    app = await mkdtemp(join(tmpdir(), "secondpass-readme-"));
    await mkdir(join(app, "node_modules"));
    for (const scope of ["@secondpass", "@langchain"]) {
      await symlink(join(__dirname, "../node_modules", scope), join(app, "node_modules", scope));
    }
  });
  afterEach(() => rm(app, { recursive: true, force: true }));

  it("runs as printed, offline, and has the printed output", async () => {
    const readme = await readFile(join(__dirname, "../../../README.md"), "utf8");
    const [, program, output] = /```js\n(.*?)```\n\n((?: {4}[^\n]*\n|\n(?= {4}))+)/s.exec(readme) ?? [];
    expect(program!.split("\n").filter((line) => line !== "").length).toBeLessThanOrEqual(MAX_LINES);
    await writeFile(join(app, "program.mjs"), program!);
    const env = { ...process.env, HF_ENDPOINT: "http://127.0.0.1:9", HF_HOME: join(app, "home") };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ["program.mjs"], {
      cwd: app,
      env,
    });
    expect(stderr).toBe("");
    expect(stdout.trimEnd()).toBe(output!.replace(/^ {4}/gm, "").trimEnd());
  }, 60_000);
});
