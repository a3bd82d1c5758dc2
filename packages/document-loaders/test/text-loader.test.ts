import { execFileSync } from "node:child_process";
import { mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { BaseDocumentLoader } from "@langchain/core/document_loaders/base";
import {
  FileDecodingError,
  FileReadError,
  InvalidOptionError,
  SecondpassError,
  TextLoader,
  UnknownEncodingError,
} from "../src/index.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "text-loader-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const utf16le = (text: string) => Buffer.from(text, "utf16le");
const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();
const bytes = (...parts: (number[] | string | Uint8Array)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));

const TEXT = "Größe – 크기 👍\n";

describe("TextLoader", () => {
  it("is a LangChain loader that returns one Document with the path as its source", async () => {
    const path = await file("plain.txt", TEXT);
    const loader = new TextLoader(path);
    expect(loader).toBeInstanceOf(BaseDocumentLoader);
    const documents = await loader.load();
    expect(documents.map(({ pageContent, metadata }) => ({ pageContent, metadata }))).toEqual([
      { pageContent: TEXT, metadata: { source: path } },
    ]);
  });

  it("loads lazily, and reads only when the Document is needed", async () => {
    const path = join(folder, "later.txt");
    const documents = new TextLoader(path).lazyLoad();
    await writeFile(path, "now it is there");
    const contents: string[] = [];
    for await (const document of documents) contents.push(document.pageContent);
    expect(contents).toEqual(["now it is there"]);
  });

  it("accepts a file: URL", async () => {
    const path = await file("a b.txt", "spaced");
    const [document] = await new TextLoader(pathToFileURL(path)).load();
    expect(document).toMatchObject({ pageContent: "spaced", metadata: { source: path } });
  });

  it("accepts a Blob, and a File with its name", async () => {
    const [blob] = await new TextLoader(new Blob([TEXT])).load();
    expect(blob).toMatchObject({ pageContent: TEXT, metadata: { source: "blob" } });
    const named = Object.assign(new Blob([TEXT]), { name: "notes.md" });
    const [fromFile] = await new TextLoader(named).load();
    expect(fromFile).toMatchObject({ pageContent: TEXT, metadata: { source: "notes.md" } });
  });

  it("returns an empty Document for an empty file", async () => {
    const [document] = await new TextLoader(await file("empty.txt", "")).load();
    expect(document?.pageContent).toBe("");
  });

  it.each([
    ["UTF-8 with a byte order mark", bytes([0xef, 0xbb, 0xbf], TEXT), undefined],
    ["UTF-16 little-endian with a byte order mark", bytes([0xff, 0xfe], utf16le(TEXT)), undefined],
    ["UTF-16 big-endian with a byte order mark", bytes([0xfe, 0xff], utf16be(TEXT)), undefined],
    ["UTF-16 big-endian, called utf-16", bytes([0xfe, 0xff], utf16be(TEXT)), "utf-16"],
    ["UTF-16 without a byte order mark, called utf-16", utf16le(TEXT), "UTF_16"],
    ["UTF-16 big-endian, called so", utf16be(TEXT), "utf-16-be"],
    ["UTF-8, called utf_8", bytes(TEXT), "utf_8"],
    ["UTF-8 with a byte order mark, called utf-8-sig", bytes([0xef, 0xbb, 0xbf], TEXT), "utf-8-sig"],
  ])("reads %s", async (name, content, encoding) => {
    const [document] = await new TextLoader(await file(`${name}.txt`, content), { encoding }).load();
    expect(document?.pageContent).toBe(TEXT);
  });

  it.each([
    ["latin1", [0xe9, 0x80], "é\x80"],
    ["ISO-8859-1", [0xe9, 0x80], "é\x80"],
    ["windows-1252", [0xe9, 0x80, 0x92, 0x9f], "é€’Ÿ"],
    ["cp1252", [0x93, 0x94], "“”"],
    ["cp949", [0xc7, 0xd1, 0xb1, 0xdb], "한글"],
    ["shift_jis", [0x93, 0xfa, 0x96, 0x7b], "日本"],
    ["cp1251", [0xcf, 0xf0, 0xe8], "При"],
    ["ascii", [0x61, 0x62], "ab"],
  ])("reads %s", async (encoding, content, text) => {
    const path = await file(`${encoding}.txt`, Uint8Array.from(content));
    const [document] = await new TextLoader(path, { encoding }).load();
    expect(document?.pageContent).toBe(text);
  });

  it("reads a text of several parts with characters across their borders", async () => {
    const text = `x${"한👍".repeat(400_000)}`;
    const [document] = await new TextLoader(await file("large.txt", text)).load();
    expect(document?.pageContent === text).toBe(true);
  });

  it("makes all line ends equal, unless universalNewlines is false", async () => {
    const path = await file("crlf.txt", "a\r\n\r\nb\rc\n");
    const [translated] = await new TextLoader(path).load();
    expect(translated?.pageContent).toBe("a\n\nb\nc\n");
    const [kept] = await new TextLoader(path, { universalNewlines: false }).load();
    expect(kept?.pageContent).toBe("a\r\n\r\nb\rc\n");
  });

  it("names the path of a missing file", async () => {
    const path = join(folder, "missing.txt");
    const error = await new TextLoader(path).load().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FileReadError);
    expect(error).toMatchObject({ name: "FileReadError", path, code: "ENOENT" });
    expect((error as Error).message).toContain(path);
  });

  it("names the path of a folder", async () => {
    const error = await new TextLoader(folder).load().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "FileReadError", path: folder, code: "EISDIR" });
  });

  it.each([
    ["utf-8", bytes("good ", [0xe9], " bad"), 6],
    ["utf-8", bytes("x".repeat(1_500_000), [0xff]), 1_500_000],
    ["utf-8", bytes("cut", [0xe2, 0x82]), 5],
    ["ascii", bytes("caf", "é"), 3],
    ["euc-kr", bytes([0xc7, 0xd1, 0xff, 0xff]), 2],
  ])("names the path and the position of bytes that are not %s", async (encoding, content, byteOffset) => {
    const path = await file("wrong.txt", content);
    const error = await new TextLoader(path, { encoding }).load().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FileDecodingError);
    expect(error).toMatchObject({ name: "FileDecodingError", source: path, encoding, byteOffset });
    expect((error as Error).message).toContain(path);
  });

  it("does not wait for pipes, and does not read devices", async () => {
    const pipe = join(folder, "pipe.txt");
    execFileSync("mkfifo", [pipe]);
    await symlink(pipe, join(folder, "link.txt"));
    for (const path of [pipe, join(folder, "link.txt"), "/dev/zero"]) {
      const error = await new TextLoader(path).load().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: "FileReadError", path });
      expect((error as Error).message).toMatch(/a (pipe|device), which may have no end/);
    }
  });

  it("throws for a file of 2 GiB", async () => {
    const path = await file("huge.txt", "");
    await truncate(path, 2 ** 31);
    await expect(new TextLoader(path).load()).rejects.toThrow(/a file of 2147483648 bytes/);
    await rm(path);
  });

  it.each(["", "a\0b", "x".repeat(5000), "plain.txt/below"])("names an invalid path: %j", async (path) => {
    const error = await new TextLoader(path).load().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "FileReadError", path });
  });

  it("names a Blob that cannot be read", async () => {
    const blob = Object.assign(new Blob([]), { arrayBuffer: () => Promise.reject(new Error("gone")) });
    await expect(new TextLoader(blob).load()).rejects.toMatchObject({ name: "FileReadError", path: "blob" });
  });

  it.each<[string, unknown]>([
    ["an encoding as an argument", "utf-8"],
    ["Python's option", { autodetect_encoding: true }],
    ["an encoding that is a number", { encoding: 8 }],
    ["a text for autodetectEncoding", { autodetectEncoding: "yes" }],
  ])("throws for %s", (_, options) => {
    expect(() => new TextLoader("a.txt", options as object)).toThrow(SecondpassError);
  });

  it("throws for a URL that is not a file: URL", () => {
    expect(() => new TextLoader(new URL("https://example.com/a.txt"))).toThrow(InvalidOptionError);
  });

  it("throws for UTF-16 that is read as UTF-8", async () => {
    const path = await file("utf16.txt", bytes([0xff, 0xfe], utf16le(TEXT)));
    await expect(new TextLoader(path, { encoding: "utf-8" }).load()).rejects.toBeInstanceOf(
      FileDecodingError,
    );
  });

  it("throws for an unknown encoding", async () => {
    const path = await file("any.txt", "text");
    const error = await new TextLoader(path, { encoding: "klingon" })
      .load()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnknownEncodingError);
    expect(error).toMatchObject({ encoding: "klingon", source: path });
  });

  it("throws for an invalid path", () => {
    expect(() => new TextLoader(42 as unknown as string)).toThrow(InvalidOptionError);
  });

  it("recognises its errors by a marker, also from another copy of the package", async () => {
    const error = await new TextLoader(join(folder, "missing.txt")).load().catch((thrown: unknown) => thrown);
    expect(FileReadError.isInstance(error)).toBe(true);
    expect(FileReadError.isInstance(new Error("other"))).toBe(false);
  });
});

describe("autodetectEncoding", () => {
  const KOREAN = [0xc7, 0xd1, 0xb1, 0xdb, 0x20, 0xb9, 0xae, 0xbc, 0xad, 0x2e];
  it.each([
    ["EUC-KR", KOREAN, "한글 문서."],
    ["Shift JIS", [0x82, 0xb1, 0x82, 0xea, 0x82, 0xcd, 0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea], "これは日本語"],
    ["windows-1251", [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x20, 0xec, 0xe8, 0xf0], "Привет мир"],
    ["KOI8-R", [0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4, 0x20, 0xcd, 0xc9, 0xd2], "Привет мир"],
    ["windows-1252", [0x63, 0x61, 0x66, 0xe9, 0x20, 0x80], "café €"],
    ["UTF-16 without a mark", [...utf16be("größer")], "größer"],
  ])("guesses %s", async (name, content, text) => {
    const path = await file(`guess ${name}.txt`, Uint8Array.from(content));
    const [document] = await new TextLoader(path, { autodetectEncoding: true }).load();
    expect(document?.pageContent).toBe(text);
  });

  it("finds characters that are not ASCII far into the file", async () => {
    const path = await file("late.txt", bytes("plain ".repeat(20_000), Uint8Array.from(KOREAN)));
    const [document] = await new TextLoader(path, { autodetectEncoding: true }).load();
    expect(document?.pageContent).toBe(`${"plain ".repeat(20_000)}한글 문서.`);
  });

  it("uses a given encoding if it fits", async () => {
    const path = await file("given.txt", Uint8Array.from(KOREAN));
    const options = { encoding: "latin-1", autodetectEncoding: true };
    const [document] = await new TextLoader(path, options).load();
    expect(document?.pageContent).toBe(Buffer.from(KOREAN).toString("latin1"));
  });

  it("detects the encoding if the given one does not fit", async () => {
    const path = await file("misnamed.txt", TEXT);
    const [document] = await new TextLoader(path, { encoding: "ascii", autodetectEncoding: true }).load();
    expect(document?.pageContent).toBe(TEXT);
  });
});
