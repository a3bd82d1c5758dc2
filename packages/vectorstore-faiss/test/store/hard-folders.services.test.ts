import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { mountSmall } from "@secondpass/test-kit";
import { FaissStore } from "../../src/faiss-store.js";

const embeddings = {
  embedDocuments: async (texts: string[]) => texts.map(() => [0, 0]),
  embedQuery: async () => [0, 0],
};

/** The two layouts, with the methods that save and load them. */
const LAYOUTS = [
  ["LangChain.js", "save", "load"],
  ["Python", "saveForPython", "loadFromPython"],
] as const;

async function storeOf(count: number): Promise<FaissStore> {
  const store = new FaissStore(embeddings);
  const rows = Array.from({ length: count }, (_, row) => row);
  await store.addVectors(
    rows.map((row) => [row, 1]),
    rows.map((row) => ({ pageContent: `document ${row}`, metadata: {} })),
  );
  return store;
}

const mount = (...args: string[]) => execFileSync("mount", args, { stdio: "pipe" });

describe.each(LAYOUTS)("a store in the layout of %s", (_name, save, load) => {
  let root: string;
  let folder: string;
  let unmount: (() => void) | undefined;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "hard-folders-"));
    folder = join(root, "store");
    mkdirSync(folder);
  });
  afterEach(() => {
    unmount?.();
    unmount = undefined;
    rmSync(root, { recursive: true });
  });
  const sizeIn = async (path: string) => (await FaissStore[load](path, embeddings)).size;

  it.each([0, 4096, 8192, 16_384, 32_768, 65_536])(
    "is unchanged if the disk has room for only %i bytes more, and no files are left",
    async (free) => {
      unmount = mountSmall(folder, 512 * 1024);
      const [small, large] = [await storeOf(100), await storeOf(1200)];
      await small[save](folder);
      const entries = readdirSync(folder);
      const { bavail, bsize } = statfsSync(folder);
      const filler = join(folder, "filler");
      writeFileSync(filler, new Uint8Array(bavail * bsize - free));

      const failure = { name: "StoreFileError", code: "ENOSPC", message: expect.stringContaining(folder) };
      await expect(large[save](folder)).rejects.toMatchObject(failure);
      expect(await sizeIn(folder)).toBe(100);
      expect(readdirSync(folder).sort()).toEqual([...entries, "filler"].sort());

      rmSync(filler);
      await large[save](folder);
      expect(await sizeIn(folder)).toBe(1200);
    },
  );

  it("loads from a read-only file system; saving there throws", async () => {
    await (await storeOf(100))[save](folder);
    const entries = readdirSync(folder);
    mount("--bind", folder, folder);
    unmount = () => void execFileSync("umount", ["-l", folder]);
    mount("-o", "remount,bind,ro", folder);

    expect(await sizeIn(folder)).toBe(100);
    const failure = { name: "StoreFileError", code: "EROFS", message: expect.stringContaining(folder) };
    await expect((await storeOf(5))[save](folder)).rejects.toMatchObject(failure);
    expect(await sizeIn(folder)).toBe(100);
    expect(readdirSync(folder)).toEqual(entries);
  });
});
