import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { makeFolders } from "../../../src/node/files/make-folders.js";

/** The child needs built code. */
const DIST = join(__dirname, "../../../dist/node.cjs");

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "secondpass-folders-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe("makeFolders", () => {
  it("creates missing folders, and returns the outermost", async () => {
    expect(await makeFolders(join(root, "a", "b", "c"))).toBe(join(root, "a"));
    expect(await makeFolders(join(root, "a", "b", "d"))).toBe(join(root, "a", "b", "d"));
    expect(await makeFolders(join(root, "a", "b"))).toBeUndefined();
    expect((await stat(join(root, "a", "b", "c"))).isDirectory()).toBe(true);
  });

  it("makes the same folders at the same time", async () => {
    const paths = Array.from({ length: 20 }, (_, i) => join(root, "x", "y", "z", String(i % 3)));
    await Promise.all(paths.map(makeFolders));
    for (const path of paths) expect((await stat(path)).isDirectory()).toBe(true);
  });

  it("creates a folder whose parent another caller creates meanwhile", async () => {
    for (let round = 0; round < 300; round++) {
      const around = join(root, String(round), ...Array<string>(round % 4).fill("deep"));
      await Promise.all([
        makeFolders(join(around, "a")),
        makeFolders(join(around, "b")),
        makeFolders(join(around, "c", "d")),
      ]);
    }
  });

  it("follows links to folders, and fails for files and broken links", async () => {
    await makeFolders(join(root, "real"));
    await symlink(join(root, "real"), join(root, "link"));
    await makeFolders(join(root, "link", "inner"));
    expect((await stat(join(root, "real", "inner"))).isDirectory()).toBe(true);
    await writeFile(join(root, "file"), "");
    await symlink(join(root, "nowhere"), join(root, "dangling"));
    await expect(makeFolders(join(root, "file"))).rejects.toMatchObject({ code: "EEXIST" });
    await expect(makeFolders(join(root, "file", "inner"))).rejects.toMatchObject({ code: "ENOTDIR" });
    await expect(makeFolders(join(root, "dangling", "inner"))).rejects.toMatchObject({
      code: expect.stringMatching(/ENOENT|EEXIST/),
    });
  });

  it("fails if no folder can be created, as in a removed working directory", async () => {
    if (!existsSync("/proc/self")) return;
    for (const path of ["/proc/1/a", "/proc/nothing/a/b"])
      await expect(makeFolders(path)).rejects.toMatchObject({ code: "ENOENT" });
    const program = `
      const { makeFolders } = require(${JSON.stringify(DIST)});
      require("node:fs").mkdirSync("gone"); process.chdir("gone"); require("node:fs").rmdirSync("../gone");
      makeFolders("store/x").catch(({ code }) => console.log(code));`;
    const options = { cwd: root, timeout: 20_000, encoding: "utf8" } as const;
    expect(spawnSync(process.execPath, ["-e", program], options).stdout).toBe("ENOENT\n");
  });
});
