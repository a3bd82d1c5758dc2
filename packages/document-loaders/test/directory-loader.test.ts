import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import {
  DirectoryLoader,
  type DirectoryLoaderOptions,
  FileDecodingError,
  FileReadError,
  InvalidOptionError,
} from "../src/index.js";

const FILES: Readonly<Record<string, string>> = {
  "b.md": "# B",
  "a.txt": "a",
  "notes/UPPER.MD": "upper",
  "notes/deep/c.markdown": "c",
  "notes/image.png": "no text",
  "data.csv": "x,y",
  ".hidden.txt": "hidden",
  ".git/config.txt": "hidden folder",
  "notes/[odd].txt": "odd",
};

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "directory-loader-"));
  for (const [path, content] of Object.entries(FILES)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
});
afterAll(() => rm(root, { recursive: true }));

async function loaded(options?: DirectoryLoaderOptions): Promise<string[]> {
  const documents = await new DirectoryLoader(root, options).load();
  return documents.map((document) => relative(root, document.metadata.source as string));
}

describe("DirectoryLoader", () => {
  it("loads text and Markdown files at any depth, sorted, and no hidden ones", async () => {
    expect(await loaded()).toEqual([
      "a.txt",
      "b.md",
      "notes/UPPER.MD",
      "notes/[odd].txt",
      "notes/deep/c.markdown",
    ]);
    const [first] = await new DirectoryLoader(root).load();
    expect(first).toMatchObject({ pageContent: "a", metadata: { source: join(root, "a.txt") } });
  });

  it.each<[string, DirectoryLoaderOptions, string[]]>([
    ["only the folder's own files", { recursive: false }, ["a.txt", "b.md"]],
    [
      "hidden files too",
      { loadHidden: true, extensions: ["txt"] },
      [".git/config.txt", ".hidden.txt", "a.txt", "notes/[odd].txt"],
    ],
    ["other endings", { extensions: [".csv"] }, ["data.csv"]],
    ["a glob at any depth", { glob: "*.md" }, ["b.md"]],
    ["a glob with folders", { glob: "notes/**/*.{md,markdown}" }, ["notes/deep/c.markdown"]],
    ["a glob from any folder on", { glob: "deep/*" }, ["notes/deep/c.markdown"]],
    ["several globs", { glob: ["?.txt", "*.csv"] }, ["a.txt", "data.csv"]],
    ["a class in a glob", { glob: "[!b-z].*" }, ["a.txt"]],
    ["a bracket in a glob", { glob: "[[]odd].txt" }, ["notes/[odd].txt"]],
    [
      "Python's default glob",
      { glob: "**/[!.]*", exclude: ["*.png", "notes/**"] },
      ["a.txt", "b.md", "data.csv"],
    ],
    ["nothing of what is left out", { exclude: "**/notes/**" }, ["a.txt", "b.md"]],
  ])("loads %s", async (_, options, expected) => {
    expect(await loaded(options)).toEqual(expected);
  });

  it("uses a loader by the file's ending", async () => {
    const loader = (path: string) => ({
      load: async () =>
        [1, 2].map((row) => new Document({ pageContent: `row ${row}`, metadata: { source: path } })),
    });
    expect(await loaded({ loaders: { csv: loader } })).toEqual(
      expect.arrayContaining(["a.txt", "data.csv", "data.csv"]),
    );
  });

  it("loads file by file", async () => {
    const documents = new DirectoryLoader(root).lazyLoad();
    expect((await documents.next()).value).toMatchObject({ pageContent: "a" });
    await documents.return(undefined);
  });

  it("follows links to files and not to folders", async () => {
    const folder = join(root, "links");
    await mkdir(folder);
    await symlink(join(root, "a.txt"), join(folder, "file.txt"));
    await symlink(root, join(folder, "loop"));
    await symlink(join(root, "nowhere"), join(folder, "broken.txt"));
    const documents = await new DirectoryLoader(folder).load();
    expect(documents.map((document) => document.metadata.source as string)).toEqual([
      join(folder, "file.txt"),
    ]);
    await rm(folder, { recursive: true });
  });

  it("gives nothing for an empty folder", async () => {
    const folder = join(root, "empty");
    await mkdir(folder);
    expect(await new DirectoryLoader(folder).load()).toEqual([]);
  });

  it.each([
    ["missing", "ENOENT"],
    ["a.txt", "ENOTDIR"],
  ])("names a folder that is none: %s", async (name, code) => {
    const path = join(root, name);
    const error = await new DirectoryLoader(path).load().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FileReadError);
    expect(error).toMatchObject({ path, code });
  });

  describe("with a file that cannot be decoded", () => {
    let folder: string;
    beforeAll(async () => {
      folder = join(root, "bad");
      await mkdir(folder);
      await writeFile(join(folder, "1.txt"), "good");
      await writeFile(join(folder, "2.txt"), Uint8Array.of(0x63, 0xe9));
      await writeFile(join(folder, "3.txt"), "good too");
    });
    afterAll(() => rm(folder, { recursive: true }));

    it("names it", async () => {
      const error = await new DirectoryLoader(folder).load().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(FileDecodingError);
      expect(error).toMatchObject({ source: join(folder, "2.txt") });
    });

    it("goes on without it if told to", async () => {
      expect(await new DirectoryLoader(folder, { onError: "skip" }).load()).toHaveLength(2);
      const failed: string[] = [];
      const onError = (_: unknown, path: string) => failed.push(path);
      expect(await new DirectoryLoader(folder, { onError }).load()).toHaveLength(2);
      expect(failed).toEqual([join(folder, "2.txt")]);
    });

    it("hands the encoding on", async () => {
      const documents = await new DirectoryLoader(folder, { autodetectEncoding: true }).load();
      expect(documents.map((document) => document.pageContent)).toEqual(["good", "cé", "good too"]);
    });
  });

  it("refuses globs that can name nothing in the folder", () => {
    expect(() => new DirectoryLoader(root, { glob: "/etc/*" })).toThrow(InvalidOptionError);
    expect(() => new DirectoryLoader(root, { exclude: "" })).toThrow(InvalidOptionError);
    expect(() => new DirectoryLoader("")).toThrow(InvalidOptionError);
  });
});
