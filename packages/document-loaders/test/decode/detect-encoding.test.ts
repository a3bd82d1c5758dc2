import { gzipSync } from "node:zlib";
import { describe, expect, it } from "@jest/globals";
import { FileDecodingError, TextLoader } from "../../src/index.js";

async function read(bytes: Uint8Array, encoding?: string): Promise<string | undefined> {
  const loader = new TextLoader(new Blob([Uint8Array.from(bytes)]), { encoding, autodetectEncoding: true });
  return (await loader.load())[0]?.pageContent;
}
const latin1 = (text: string) => Buffer.from(text, "latin1");
const utf32 = (text: string, mark = "") =>
  Buffer.concat(Array.from(mark + text, (one) => Buffer.from(Uint32Array.of(one.codePointAt(0)!).buffer)));

describe("autodetectEncoding", () => {
  it.each([
    ["ASCII", Buffer.from("plain text"), "plain text"],
    ["nothing", Buffer.from(""), ""],
    ["UTF-8", Buffer.from("Größe 👍"), "Größe 👍"],
    ["UTF-32 with a mark", utf32("Größe 👍", "\ufeff"), "Größe 👍"],
    ["UTF-32 without a mark", utf32("Größe der Dateien"), "Größe der Dateien"],
    ["UTF-8 with a stray zero", Buffer.from(`${"log ".repeat(99)}\0é`), `${"log ".repeat(99)}\0é`],
    ["colours of a terminal", Buffer.from("\x1b[31mrouge\x1b(B\x1b[m é"), "\x1b[31mrouge\x1b(B\x1b[m é"],
    ["ISO-2022-JP", latin1("\x1b$B?^=q4[\x1b(B"), "図書館"],
    ["one letter of Latin-1", latin1("Müller"), "Müller"],
    ["a few words of French", latin1("café crème brûlée"), "café crème brûlée"],
    ["a program", latin1("// Größe prüfen\nlet a = b * 2;"), "// Größe prüfen\nlet a = b * 2;"],
    ["quotes of Windows", latin1("He said \x93hello\x94 \x96 it\x92s fine."), "He said “hello” – it’s fine."],
  ])("reads %s", async (_, bytes, text) => {
    expect(await read(bytes)).toBe(text);
  });

  it.each<[string, Uint8Array]>([
    ["zeros", new Uint8Array(100)],
    ["a compressed file", gzipSync("hello ".repeat(500))],
    ["every byte", Uint8Array.from({ length: 256 }, (_, byte) => byte)],
    ["only bytes of 8 bits", Uint8Array.from({ length: 500 }, (_, index) => 128 + ((index * 37) % 128))],
    ["UTF-8 and Latin-1", Buffer.concat([Buffer.from("première ligne\n"), latin1("deuxième à part\n")])],
    // chardet detects these as KOI8-R and as Greek.
    [
      "capitals in windows-1251",
      latin1(
        "\xd3\xd2\xd0\xce\xcc \xcd\xc0\xc4 \xd0\xc5\xca\xce\xc9 \xd1\xd2\xce\xdf\xcb \xd2\xd3\xcc\xc0\xcd \xc8 \xc4\xce\xc6\xc4\xdc",
      ),
    ],
    [
      "capitals in KOI8-R",
      latin1(
        "\xf5\xf4\xf2\xef\xed \xee\xe1\xe4 \xf2\xe5\xeb\xef\xea \xf3\xf4\xef\xf1\xec \xf4\xf5\xed\xe1\xee \xe9 \xe4\xef\xf6\xe4\xf8",
      ),
    ],
    [
      "French of DOS",
      latin1("Le caf\x82 de la Gare, \x85 l'entr\x82e du village, \x82tait ferm\x82 depuis l'\x82t\x82."),
    ],
  ])("throws for %s", async (_, bytes) => {
    const error = await read(bytes).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FileDecodingError);
    expect((error as Error).message).toMatch(/whose encoding is clear|text in utf-8/);
  });

  it.each([
    ["of many lines", "\r\n"],
    ["of one line", " "],
  ])("samples a long text %s everywhere", async (_, end) => {
    // "©" and "Привет" in windows-1251: the sign is the same in windows-1252.
    const late = `\xa9 2020${end}${`plain text${end}`.repeat(5000)}${`\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0!${end}`.repeat(200)}`;
    const text = await read(latin1(late));
    expect(text?.slice(0, 6)).toBe("© 2020");
    expect(text?.slice(-13).trim()).toBe("Привет, мир!");
  });

  it.each(["utf-16le", "euc-kr"])("reads a long text without spaces in %s", async (encoding) => {
    const bytes =
      encoding === "euc-kr"
        ? latin1("\xc7\xd1\xb1\xdb\xb9\xae\xbc\xad\xb4\xc2".repeat(4000))
        : Buffer.from("Größe der Datei, ".repeat(4000), "utf16le");
    expect(await read(bytes)).toBe((encoding === "euc-kr" ? "한글문서는" : "Größe der Datei, ").repeat(4000));
  });

  it("names the position where UTF-8 is invalid", async () => {
    const broken = Buffer.concat([Buffer.from("図書館は駅から歩いて十分"), Buffer.of(0xff)]);
    const error = await read(broken).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "FileDecodingError", encoding: "utf-8", byteOffset: 36 });
  });

  it("names the possible encodings", async () => {
    const error = await read(latin1("og ili me\xf0unaro")).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "FileDecodingError", byteOffset: 9 });
    expect((error as FileDecodingError).candidates).toContain("windows-1252");
  });

  it.each(["utf-32", "utf_32_le", "UTF32"])("reads %s if it is given", async (encoding) => {
    expect(await read(utf32("a👍"), encoding)).toBe("a👍");
  });
});
