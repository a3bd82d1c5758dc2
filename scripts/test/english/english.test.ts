import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

const SCRIPT = join(__dirname, "../../english.mjs");
const run = (...words: string[]) => {
  const { status, stderr } = spawnSync(process.execPath, [SCRIPT, ...words], { encoding: "utf8" });
  return { status, stderr };
};

describe("the word list", () => {
  it("finds nothing in this repository", () => {
    expect(run()).toEqual({ status: 0, stderr: "" });
  });

  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "english-"));
    execFileSync("git", ["init", "-q", root]);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it.each([
    ["Refuses what is no list.", ["Refuses", "what is no"]],
    ["The scores that were asked for, computed anew.", ["anew", "were asked"]],
    ["It stands in for a folder of its own.", ["stands in", "of its own"]],
    ["/** Most bytes of a file. */", ["/** Most bytes of"]],
    ["Ask your index: its lines are others.", ["Ask your index", "its lines are others"]],
  ])("finds what readers stumble over: %s", (text, expected) => {
    writeFileSync(join(root, "a.md"), `\n${text}\n`);
    const { status, stderr } = run("--root", root);
    expect(status).toBe(1);
    for (const found of expected) expect(stderr).toContain(`a.md:2: "${found}"; write: `);
  });

  it("leaves plain English alone, and data", () => {
    writeFileSync(
      join(root, "a.md"),
      "The connection was refused. There is no folder. 32 queries at once. Throws if the value is not a list.\n",
    );
    writeFileSync(join(root, "a.txt"), "He refuses.\n");
    expect(run("--root", root)).toEqual({ status: 0, stderr: "" });
  });

  it("looks through the named folders only", () => {
    for (const [folder, text] of [
      ["a", "He refuses."],
      ["ab", "He declines."],
    ] as const) {
      mkdirSync(join(root, folder));
      writeFileSync(join(root, folder, "text.md"), `${text}\n`);
    }
    expect(run("--root", root, "a/").status).toBe(1);
    expect(run("--root", root, "ab").status).toBe(0);
  });

  it("looks through the named files only", () => {
    writeFileSync(join(root, "a.md"), "He refuses.\n");
    writeFileSync(join(root, "b.md"), "He declines.\n");
    expect(run("--root", root, "b.md").status).toBe(0);
    expect(run("--root", root, "a.md").status).toBe(1);
  });
});
