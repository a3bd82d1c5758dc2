import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import {
  DirectoryLoader,
  type DirectoryLoaderOptions,
  FileDecodingError,
  type FileLoader,
  FileReadError,
  InvalidOptionError,
  SecondpassError,
  TextLoader,
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

/** A new folder with these files. */
async function fresh(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "directory-loader-case-"));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  await chmod(folder, 0o755);
  return folder;
}
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** Runs as a user for whom permissions matter, because root can read everything. */
async function asNobody(run: () => Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    await run();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

async function loaded(options?: DirectoryLoaderOptions): Promise<string[]> {
  const documents = await new DirectoryLoader(root, options).load();
  return documents.map((document) => relative(root, document.metadata.source as string));
}

describe("DirectoryLoader", () => {
  it("loads text and Markdown files at any depth, sorted, without hidden ones", async () => {
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
    ["no excluded files", { exclude: "**/notes/**" }, ["a.txt", "b.md"]],
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

  it("follows links to files, but not to folders", async () => {
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

  it("returns nothing for an empty folder", async () => {
    const folder = join(root, "empty");
    await mkdir(folder);
    expect(await new DirectoryLoader(folder).load()).toEqual([]);
  });

  it.each([
    ["missing", "ENOENT"],
    ["a.txt", "ENOTDIR"],
  ])("names a path that is not a folder: %s", async (name, code) => {
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

    it("continues without it, if it is skipped", async () => {
      expect(await new DirectoryLoader(folder, { onError: "skip" }).load()).toHaveLength(2);
      const failed: string[] = [];
      const onError = (_: unknown, path: string) => failed.push(path);
      expect(await new DirectoryLoader(folder, { onError }).load()).toHaveLength(2);
      expect(failed).toEqual([join(folder, "2.txt")]);
    });

    it("passes the encoding on", async () => {
      const documents = await new DirectoryLoader(folder, { autodetectEncoding: true }).load();
      expect(documents.map((document) => document.pageContent)).toEqual(["good", "cé", "good too"]);
    });
  });

  it("throws for globs that cannot match anything in the folder", () => {
    expect(() => new DirectoryLoader(root, { glob: "/etc/*" })).toThrow(InvalidOptionError);
    expect(() => new DirectoryLoader(root, { exclude: "" })).toThrow(InvalidOptionError);
    expect(() => new DirectoryLoader("")).toThrow(InvalidOptionError);
  });

  it("uses the longest ending, and endings in any case", async () => {
    const folder = await fresh({ "a.tar.gz": "", "b.GZ": "", "c.x.gz": "", ".gz": "" });
    const made: string[] = [];
    const by = (kind: string) => (path: string) => {
      made.push(`${kind} ${relative(folder, path)}`);
      return { load: async () => [] };
    };
    await new DirectoryLoader(folder, {
      loaders: { gz: by("gz"), ".TAR.gz": by("tar") },
      loadHidden: true,
    }).load();
    expect(made).toEqual(["tar a.tar.gz", "gz b.GZ", "gz c.x.gz"]);
  });

  it.each<[string, object]>([
    ["an unknown option", { recursiv: false }],
    ["Python's option", { loader_cls: TextLoader }],
    ["an ending without a dot", { md: (path: string) => new TextLoader(path) }],
    ["a list", [".md"]],
    ["a glob that is not a text", { glob: 5 }],
    ["a list of globs with a number", { exclude: ["*.md", 5] }],
    ["endings as a text", { extensions: "md" }],
    ["an empty ending", { extensions: [""] }],
    ["an ending with a folder", { extensions: ["a/.md"] }],
    ["loaders that are a function", { loaders: () => [] }],
    ["a loader that is an object", { loaders: { ".md": {} } }],
    ["a text for recursive", { recursive: "no" }],
    ["a number for loadHidden", { loadHidden: 1 }],
    ["an unknown value of onError", { onError: "ignore" }],
    ["an encoding that is a number", { encoding: 8 }],
  ])("throws for %s", (_, options) => {
    const make = () => new DirectoryLoader(root, options as DirectoryLoaderOptions);
    expect(make).toThrow(SecondpassError);
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["an object without load", {}],
    ["no list", { load: async () => "text" }],
  ])("throws if a function of loaders returns %s", async (_, loader) => {
    const loading = new DirectoryLoader(root, { loaders: { ".csv": () => loader as FileLoader } }).load();
    await expect(loading).rejects.toMatchObject({ name: "InvalidOptionError", option: 'loaders[".csv"]' });
  });

  describe("as in LangChain.js, with loaders as the second argument", () => {
    const csv = { ".csv": (path: string) => new TextLoader(path) };
    const warn = jest.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    afterEach(() => {
      warn.mockClear();
    });
    afterAll(() => {
      warn.mockRestore();
    });

    it("loads the files with these endings, and warns once for each other ending", async () => {
      const folder = await fresh({
        "a.csv": "1",
        "b/c.CSV": "2",
        "b/.d.csv": "3",
        "e.txt": "",
        "f.txt": "",
        g: "",
      });
      const documents = await new DirectoryLoader(folder, csv).load();
      expect(documents.map(({ pageContent }) => pageContent)).toEqual(["1", "3", "2"]);
      expect(warn.mock.calls.map(([text]) => text)).toEqual([
        expect.stringContaining("others that end in .txt"),
        expect.stringContaining("without an ending"),
      ]);
    });

    it("accepts recursive and unknown", async () => {
      const folder = await fresh({ "a.csv": "1", "b/c.csv": "2", "d.txt": "" });
      expect(await new DirectoryLoader(folder, csv, false, "ignore").load()).toHaveLength(1);
      expect(await new DirectoryLoader(folder, csv, true, "ignore").load()).toHaveLength(2);
      expect(warn).not.toHaveBeenCalled();
      await expect(new DirectoryLoader(folder, csv, true, "error").load()).rejects.toMatchObject({
        name: "UnknownFileTypeError",
        path: join(folder, "d.txt"),
      });
    });

    it.each<[string, unknown[]]>([
      ["no loaders", [{}, true]],
      ["no object", ["csv", true]],
      ["options together with endings", [{ ...csv, recursive: false }]],
      ["an ending without a dot", [{ ...csv, md: csv[".csv"] }]],
      ["options and a third argument", [{ glob: "*.md" }, false]],
      ["no function", [{ ".csv": "CSVLoader" }]],
      ["an unknown value of unknown", [csv, true, "skip"]],
      ["a number for recursive", [csv, 1]],
    ])("throws for %s", (_, args) => {
      const make = () => new DirectoryLoader(root, ...(args as [DirectoryLoaderOptions]));
      expect(make).toThrow(SecondpassError);
    });
  });

  describe("with files that cannot be read", () => {
    const reported: string[] = [];
    const onError = async (error: unknown, path: string) => {
      await null;
      reported.push(`${(error as FileReadError).code} ${path}`);
    };
    const contents = async (folder: string, options: DirectoryLoaderOptions) =>
      (await new DirectoryLoader(folder, options).load()).map(({ pageContent }) => pageContent);
    afterEach(() => {
      reported.length = 0;
    });

    it("continues after folders and files without permission, if onError allows it", async () => {
      const folder = await fresh({
        "a.txt": "one",
        "closed/b.txt": "",
        "open/c.txt": "two",
        "secret.txt": "",
        "z.txt": "three",
      });
      await symlink(join(folder, "closed/b.txt"), join(folder, "link.txt"));
      await chmod(join(folder, "closed"), 0);
      await chmod(join(folder, "secret.txt"), 0);
      await asNobody(async () => {
        expect(await contents(folder, { onError })).toEqual(["one", "two", "three"]);
        expect(reported).toEqual(
          ["closed", "link.txt", "secret.txt"].map((name) =>
            `EACCES ${join(folder, name)}`.replace("closed", "closed/"),
          ),
        );
        expect(await contents(folder, { onError: "skip" })).toEqual(["one", "two", "three"]);
        await expect(new DirectoryLoader(folder).load()).rejects.toMatchObject({
          name: "FileReadError",
          code: "EACCES",
        });
        const closed = new DirectoryLoader(join(folder, "closed"), { onError: "skip" }).load();
        await expect(closed).rejects.toMatchObject({ name: "FileReadError", code: "EACCES" });
      });
      await chmod(join(folder, "closed"), 0o755);
    });

    it("continues after files that are removed while it loads", async () => {
      const folder = await fresh({ "a.md": "", "b.txt": "b", "c/d.txt": "d", "e.txt": "e" });
      const remove = () => ({
        load: async () => {
          await rm(join(folder, "b.txt"));
          await rm(join(folder, "c"), { recursive: true });
          return [];
        },
      });
      expect(await contents(folder, { loaders: { md: remove }, onError })).toEqual(["e"]);
      expect(reported).toEqual([`ENOENT ${join(folder, "b.txt")}`, `ENOENT ${join(folder, "c/")}`]);
    });

    it("ends with an error of onError itself", async () => {
      const folder = await fresh({ "a.txt": Uint8Array.of(0xff) });
      const failing = async () => {
        throw new Error("enough");
      };
      await expect(contents(folder, { onError: failing })).rejects.toThrow("enough");
    });

    it("leaves out pipes, sockets, circular links and broken links", async () => {
      const folder = await fresh({ "a.txt": "a" });
      execFileSync("mkfifo", [join(folder, "pipe.txt")]);
      await symlink(join(folder, "pipe.txt"), join(folder, "to-pipe.txt"));
      await symlink(join(folder, "1.txt"), join(folder, "2.txt"));
      await symlink(join(folder, "2.txt"), join(folder, "1.txt"));
      await symlink(folder, join(folder, "self"));
      const server = createServer().listen(join(folder, "socket.txt"));
      await once(server, "listening");
      try {
        expect(await contents(folder, {})).toEqual(["a"]);
      } finally {
        server.close();
      }
    });

    it("names a file whose name is not UTF-8", async () => {
      const folder = await fresh({ "a.txt": "a" });
      await writeFile(
        Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.of(0xe9), Buffer.from(".txt")]),
        "x",
      );
      expect(await contents(folder, { onError })).toEqual(["a"]);
      expect(reported).toEqual([`ENOENT ${join(folder, "caf\ufffd.txt")}`]);
      await expect(contents(folder, {})).rejects.toThrow("not UTF-8");
    });
  });

  it("lists very many files", async () => {
    const folder = await fresh({});
    await Promise.all(
      Array.from({ length: 3000 }, (_, index) => writeFile(join(folder, `${index}.txt`), "")),
    );
    expect(
      await new DirectoryLoader(folder, { loaders: { txt: () => ({ load: async () => [] }) } }).load(),
    ).toEqual([]);
    expect(await new DirectoryLoader(folder, { exclude: "?*[1-9].txt" }).load()).toHaveLength(309);
  });
});
