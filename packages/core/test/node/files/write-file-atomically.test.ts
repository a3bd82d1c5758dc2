import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { FileWriteError } from "../../../src/node/files/file-write-error.js";
import { isErrorCode } from "../../../src/node/files/is-error-code.js";
import { newWriterId } from "../../../src/node/files/new-writer-id.js";
import { temporaryName } from "../../../src/node/files/temporary-name.js";
import { writeFileAtomically } from "../../../src/node/files/write-file-atomically.js";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "secondpass-atomic-"));
  path = join(folder, "new", "file");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const names = () => readdir(join(folder, "new"));

describe("writeFileAtomically", () => {
  it("creates the folder, writes a text, bytes or by a function, and leaves nothing else", async () => {
    await writeFileAtomically(path, "text");
    expect(await readFile(path, "utf8")).toBe("text");
    await writeFileAtomically(path, Uint8Array.of(1, 2), { durable: false });
    expect([...(await readFile(path))]).toEqual([1, 2]);
    await writeFileAtomically(path, async (handle) => {
      await handle.writeFile("two ");
      await handle.writeFile("pieces");
    });
    expect(await readFile(path, "utf8")).toBe("two pieces");
    expect(await names()).toEqual(["file"]);
  });

  it("shows readers the old content until the new one is whole", async () => {
    await writeFileAtomically(path, "old");
    await writeFileAtomically(path, async (handle) => {
      await handle.writeFile("ne");
      expect(await readFile(path, "utf8")).toBe("old");
      await handle.writeFile("w");
    });
    expect(await readFile(path, "utf8")).toBe("new");
  });

  it("keeps the old file and leaves nothing behind if writing fails", async () => {
    await writeFileAtomically(path, "old");
    const failing = writeFileAtomically(path, async (handle) => {
      await handle.writeFile("half");
      throw new Error("disk full");
    });
    await expect(failing).rejects.toThrow("disk full");
    expect(await readFile(path, "utf8")).toBe("old");
    expect(await names()).toEqual(["file"]);
  });

  it("leaves nothing behind if a folder has the file's name", async () => {
    await writeFileAtomically(join(path, "inner"), "");
    const failing = writeFileAtomically(path, "text");
    await expect(failing).rejects.toThrow(FileWriteError);
    await expect(failing).rejects.toMatchObject({ path, code: expect.any(String) });
    expect(await names()).toEqual(["file"]);
  });

  it("replaces a link instead of writing through it", async () => {
    const target = join(folder, "target");
    await writeFile(target, "of somebody else");
    await writeFileAtomically(join(folder, "new", "other"), "");
    await symlink(target, path);
    await writeFileAtomically(path, "text");
    expect(await readFile(target, "utf8")).toBe("of somebody else");
    expect(await readFile(path, "utf8")).toBe("text");
  });

  it("first removes the leftovers of a killed process, which may fill the disk, but not files that others are writing", async () => {
    const child = spawn(process.execPath, ["-e", ""]);
    const start = (await readFile(`/proc/${child.pid}/stat`, "utf8").catch(() => "")).split(" ")[21] ?? "";
    await once(child, "exit");
    const space = newWriterId().split("-")[3];
    const dead = temporaryName("file", `${"0".repeat(16)}-${child.pid}-${start}-${space}`);
    const living = temporaryName("file", newWriterId());
    const elsewhere = temporaryName("file", `${"0".repeat(16)}-1-1-${"e".repeat(12)}`);
    await writeFileAtomically(path, "old");
    for (const name of [dead, living, elsewhere]) await writeFile(join(folder, "new", name), "");
    let before: string[] = [];
    await writeFileAtomically(path, async () => {
      before = (await names()).filter((name) => name.endsWith(".tmp"));
    });
    expect(before).toHaveLength(3);
    expect(before).not.toContain(dead);
    expect((await names()).sort()).toEqual(["file", living, elsewhere].sort());
  });

  it("writes files with the longest possible names", async () => {
    const long = join(folder, "new", "é".repeat(127));
    await writeFileAtomically(long, "text");
    expect(await readFile(long, "utf8")).toBe("text");
  });

  it("does not widen the mode of a link's target, nor of a new file because of a link", async () => {
    for (const [mode, expected] of [
      [0o600, 0o600],
      [0o4777, 0o666 & ~process.umask()],
    ] as const) {
      const target = join(folder, `target${mode}`);
      await writeFile(target, "");
      await chmod(target, mode);
      await writeFileAtomically(path, "");
      await rm(path);
      await symlink(target, path);
      await writeFileAtomically(path, "text");
      expect((await stat(path)).mode & 0o7777).toBe(expected);
    }
  });

  it("keeps a private file private, also while it is written, and a shared one shared", async () => {
    for (const mode of [0o600, 0o664]) {
      await writeFileAtomically(path, "old");
      await chmod(path, mode);
      await writeFileAtomically(path, async (handle) => {
        expect((await handle.stat()).mode & 0o777).toBe(mode);
      });
      expect((await stat(path)).mode & 0o777).toBe(mode);
    }
  });

  const isRoot = process.getuid?.() === 0;
  (isRoot ? it : it.skip)("keeps the owner if it has permission", async () => {
    await writeFileAtomically(path, "old");
    await chown(path, 1234, 5678);
    await writeFileAtomically(path, "new");
    expect(await stat(path)).toMatchObject({ uid: 1234, gid: 5678 });
  });

  it("writes only complete files when many write the same one", async () => {
    const texts = Array.from({ length: 20 }, (_, i) => `${i}`.repeat(10_000));
    await Promise.all(texts.map((text) => writeFileAtomically(path, text, { durable: false })));
    expect(texts).toContain(await readFile(path, "utf8"));
    expect(await names()).toEqual(["file"]);
  });
});

it("isErrorCode recognises errors by their code, independent of their class", () => {
  expect(isErrorCode({ code: "ENOENT" }, "ENOENT")).toBe(true);
  expect(isErrorCode(new Error("ENOENT"), "ENOENT")).toBe(false);
  expect(isErrorCode(undefined, "ENOENT")).toBe(false);
});
