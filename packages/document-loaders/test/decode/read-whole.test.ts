import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { readWhole } from "../../src/decode/read-whole.js";

let folder: string;
let path: string;
let handle: FileHandle;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "read-whole-"));
  path = join(folder, "note.txt");
  writeFileSync(path, "Bananas ripen in a paper bag.");
  handle = await open(path);
});
afterEach(async () => {
  await handle.close();
  rmSync(folder, { recursive: true });
});

/** The file, with something that happens after each check of its size. */
const watched = (afterStat: (stats: number) => void) => {
  let stats = 0;
  return {
    stat: async () => {
      const found = await handle.stat();
      afterStat(++stats);
      return found;
    },
    read: handle.read.bind(handle),
    readFile: handle.readFile.bind(handle),
  } as FileHandle;
};
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe("readWhole", () => {
  it.each(["Apples keep for weeks in a cellar.", "Figs.", ""])(
    "reads the new text, whole, if it is written after a check of the size: %j",
    async (text) => {
      const file = watched((stats) => {
        if (stats === 1) writeFileSync(path, text);
      });
      expect(textOf(await readWhole(file, () => {}))).toBe(text);
    },
  );

  it("checks the file each time that it is read", async () => {
    const sizes: number[] = [];
    const file = watched((stats) => {
      if (stats === 1) appendFileSync(path, " More.");
    });
    await readWhole(file, ({ size }) => void sizes.push(size));
    expect(sizes).toEqual([29, 35]);
  });

  it("takes a file that never rests as it is", async () => {
    const file = watched(() => appendFileSync(path, "."));
    expect(textOf(await readWhole(file, () => {}))).toMatch(/^Bananas ripen in a paper bag\.+$/);
  });

  const onLinux = process.platform === "linux" ? it : it.skip;
  onLinux("reads files that say they have no bytes", async () => {
    await using system = await open("/proc/version");
    expect(textOf(await readWhole(system, () => {}))).toMatch(/^Linux/);
  });
});
