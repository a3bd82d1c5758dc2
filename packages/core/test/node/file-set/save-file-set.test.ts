import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { FileSet } from "../../../src/node/file-set/file-set.js";
import { saveFileSet } from "../../../src/node/file-set/save-file-set.js";
import { withFileLock } from "../../../src/node/lock/with-file-lock.js";

const DIST = join(__dirname, "../../../dist/node.cjs");
const SCRIPT = join(__dirname, "save-and-pause.cjs");

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "secondpass-set-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const content = (name: string) => readFile(join(folder, name), "utf8");

async function save(text: string, staleMs: number): Promise<void> {
  const set: FileSet = {
    folder,
    head: "head",
    members: ["member"],
    isNamed: async (_member, path) => (await readFile(path, "utf8")) === (await content("head")),
  };
  const lock = join(folder, "lock");
  await withFileLock(lock, { staleMs }, (lease) =>
    saveFileSet(set, lock, lease, async ({ head, members: [member] }) => {
      await head.writeFile(text);
      await member!.writeFile(text);
      return async () => (await content("head")) === text;
    }),
  );
}

describe("saveFileSet", () => {
  // Windows cannot stop a process.
  const posix = process.platform === "win32" ? it.skip : it;
  posix("throws in a paused process whose lock was taken over, and writes nothing", async () => {
    await save("old", 20_000);
    const child = spawn(process.execPath, [SCRIPT, DIST, folder], { stdio: ["ignore", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    try {
      expect((await lines.next()).value).toBe("stopping");
      await save("new", 300);
      child.kill("SIGCONT");
      expect((await lines.next()).value).toBe("FileLockLostError");
      expect([await content("head"), await content("member")]).toEqual(["new", "new"]);
      expect((await readdir(folder)).sort()).toEqual(["head", "member"]);
    } finally {
      child.kill("SIGKILL");
    }
  });
});
