import { spawn } from "node:child_process";
import { once } from "node:events";
import { link, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { claimUnfinished } from "../../../src/node/files/claim-unfinished.js";
import { newWriterId } from "../../../src/node/files/new-writer-id.js";
import { temporaryName } from "../../../src/node/files/temporary-name.js";

const ENDING = ".incomplete";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "secondpass-claim-"));
  path = join(folder, "file");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const claim = () => claimUnfinished(path, ENDING, true);
/** Leaves an unfinished file of a writer. @returns its path */
const leave = async (writerId: string) => {
  const left = join(folder, temporaryName("file", writerId, ENDING));
  await writeFile(left, "half");
  return left;
};

describe("claimUnfinished", () => {
  it("names a file that is not there yet, and leaves files of other names alone", async () => {
    await writeFile(join(folder, `other.1${ENDING}`), "");
    const first = await claim();
    expect(first.isResumed).toBe(false);
    expect(basename(first.path)).toMatch(/^file\..*\.incomplete$/);
    expect((await claim()).path).not.toBe(first.path);
    expect(await readdir(folder)).toEqual([`other.1${ENDING}`]);
  });

  it("continues the file that this process, a dead one or an earlier version left", async () => {
    const child = spawn(process.execPath, ["-e", ""]);
    const dead = newWriterId().replace(`-${process.pid}-`, `-${child.pid}-`);
    await once(child, "exit");
    for (const left of [newWriterId(), dead, "1234abcd"]) {
      const before = left === "1234abcd" ? join(folder, `file.${left}${ENDING}`) : await leave(left);
      await writeFile(before, "half");
      const { path: claimed, isResumed } = await claim();
      expect(isResumed).toBe(true);
      expect(await readFile(claimed, "utf8")).toBe("half");
      expect(await readdir(folder)).toEqual([basename(claimed)]);
      await rm(claimed);
    }
  });

  it("does not let a writer that may still be alive write into the file", async () => {
    const left = await leave(`${"0".repeat(16)}-1-1-${"e".repeat(12)}`);
    const handle = await open(left, "r+");
    try {
      const { path: claimed } = await claim();
      await handle.truncate(0);
      expect(await readFile(claimed, "utf8")).toBe("half");
    } finally {
      await handle.close();
    }
  });

  it("removes links with such a name, but not their targets", async () => {
    const target = join(folder, "precious");
    await writeFile(target, "of somebody else");
    await symlink(target, join(folder, temporaryName("file", newWriterId(), ENDING)));
    await link(target, join(folder, temporaryName("file", newWriterId(), ENDING)));
    expect((await claim()).isResumed).toBe(false);
    expect(await readdir(folder)).toEqual(["precious"]);
    expect(await readFile(target, "utf8")).toBe("of somebody else");
  });
});
