import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { InvalidArgumentError } from "@secondpass/faiss";
import { FakeEmbeddings } from "@secondpass/test-kit";
import { StoreFileError } from "../../src/errors/store-file-error.js";
import { StoreLockedError } from "../../src/errors/store-locked-error.js";
import { FaissStore } from "../../src/faiss-store.js";

const embeddings = new FakeEmbeddings({ dimensions: 3 });
const storeOf = (text: string) => FaissStore.fromTexts([text], {}, embeddings);

describe.each([
  ["save", "load", "docstore.json", "faiss.index"],
  ["saveForPython", "loadFromPython", "index.pkl", "index.faiss"],
] as const)("folders that %s finds", (save, load, documentFile, indexFile) => {
  let root: string;
  let folder: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "faiss-folders-"));
    folder = join(root, "store");
    await (await storeOf("old"))[save](folder);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const saveNew = async (directory = folder) => (await storeOf("new"))[save](directory);
  const text = async (directory = folder) =>
    (await (await FaissStore[load](directory, embeddings)).similaritySearch("", 1))[0]!.pageContent;

  it.each([
    ["a symbolic link", symlink],
    ["another name", link],
  ])("replaces a file that is %s of another, and does not change the other", async (_, plant) => {
    const precious = join(root, "precious");
    await writeFile(precious, "of somebody else");
    for (const name of [documentFile, indexFile]) {
      await rm(join(folder, name));
      await plant(precious, join(folder, name));
    }
    await saveNew();
    expect(await text()).toBe("new");
    expect(await readFile(precious, "utf8")).toBe("of somebody else");
    expect(await readdir(folder)).toHaveLength(2);
  });

  it("throws a typed error before any change if a folder has a file's name", async () => {
    for (const name of [documentFile, indexFile]) {
      await rm(folder, { recursive: true });
      await mkdir(join(folder, name), { recursive: true });
      await expect(saveNew()).rejects.toMatchObject({ code: "EISDIR", path: join(folder, name) });
      await expect(saveNew()).rejects.toThrow(StoreFileError);
      expect(await readdir(folder)).toEqual([name]);
    }
  });

  it("does not remove a folder that has the lock's name", async () => {
    await mkdir(join(folder, `${indexFile}.lock`));
    await writeFile(join(folder, `${indexFile}.lock`, "thesis.txt"), "");
    await expect(saveNew()).rejects.toThrow(StoreLockedError);
    expect(await text()).toBe("old");
  });

  it("throws a typed error if a part of the path is a file, or the path is invalid", async () => {
    const inFile = join(folder, documentFile, "store");
    await expect(saveNew(inFile)).rejects.toMatchObject({ name: "StoreFileError", code: "ENOTDIR" });
    await expect(FaissStore[load](inFile, embeddings)).rejects.toMatchObject({ code: "ENOTDIR" });
    await expect(saveNew("a\0b")).rejects.toThrow(InvalidArgumentError);
    await expect(FaissStore[load]("a\0b", embeddings)).rejects.toThrow(InvalidArgumentError);
  });

  it("saves into a linked folder, and keeps the link and the files' modes", async () => {
    for (const name of await readdir(folder)) await chmod(join(folder, name), 0o600);
    const other = join(root, "other");
    await symlink(folder, other);
    await saveNew(other);
    expect(await text()).toBe("new");
    const modes = (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).mode & 0o777);
    expect(await Promise.all(modes)).toEqual([0o600, 0o600]);
  });
});
