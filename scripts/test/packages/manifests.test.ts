import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

const SCRIPTS = join(__dirname, "../..");

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "manifests-"));
  // Linked, the script would find this repository; with these flags, a link to the folder keeps its own path.
  symlinkSync(SCRIPTS, join(root, "scripts"));
  mkdirSync(join(root, "packages/a"), { recursive: true });
  mkdirSync(join(root, "packages/kit"));
  const repository = { type: "git", url: "git+https://example.com/x/y.git" };
  writeFileSync(join(root, "package.json"), JSON.stringify({ repository }));
  writeFileSync(join(root, "packages/kit/package.json"), JSON.stringify({ name: "kit", private: true }));
});
afterEach(() => rmSync(root, { recursive: true }));

const run = (folder: string, ...words: string[]) =>
  spawnSync(
    process.execPath,
    ["--preserve-symlinks", "--preserve-symlinks-main", join(folder, "scripts/manifests.mjs"), ...words],
    { encoding: "utf8" },
  );
const write = (manifest: object) =>
  writeFileSync(join(root, "packages/a/package.json"), JSON.stringify(manifest));

describe("the manifests", () => {
  it("of this repository's packages are as the script writes them", () => {
    expect(run(join(SCRIPTS, ".."), "--check")).toMatchObject({ status: 0, stderr: "" });
  });

  it("name the same address as every other file", () => {
    const words = ["grep", "-ohE", "github\\.com/[A-Za-z0-9_-]+/secondpass", "--", ".", ":!scripts/test"];
    const { stdout } = spawnSync("git", words, { cwd: join(SCRIPTS, ".."), encoding: "utf8" });
    expect(new Set(stdout.trim().split("\n")).size).toBe(1);
  });

  it("get their addresses from the root's, and keep everything else", () => {
    write({ name: "a", version: "1.0.0", keywords: ["x", "y", "z"], sideEffects: false, main: "a.js" });
    const { status, stderr } = run(root, "--check");
    expect(status).toBe(1);
    expect(stderr).toBe(
      "packages/a/package.json: repository, homepage or bugs differ. `node scripts/manifests.mjs` writes them.\n",
    );
    expect(run(root).status).toBe(0);
    expect(JSON.parse(readFileSync(join(root, "packages/a/package.json"), "utf8"))).toEqual({
      name: "a",
      version: "1.0.0",
      keywords: ["x", "y", "z"],
      repository: { type: "git", url: "git+https://example.com/x/y.git", directory: "packages/a" },
      homepage: "https://example.com/x/y/tree/main/packages/a#readme",
      bugs: { url: "https://example.com/x/y/issues" },
      sideEffects: false,
      main: "a.js",
    });
    expect(run(root, "--check").status).toBe(0);
  });

  it("need keywords and sideEffects, which the script cannot guess", () => {
    write({ name: "a", version: "1.0.0", keywords: ["x"] });
    expect(run(root).stderr).toBe(
      'packages/a/package.json: expected 3 keywords or more, got 1.\npackages/a/package.json: expected "sideEffects", which says whether bundlers may drop unused files.\n',
    );
  });
});
